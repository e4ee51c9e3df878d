/** How full the disk is, and what happens before it is. */
@NullMarked
package org.bagnetlab.server.disk;

import org.jspecify.annotations.NullMarked;
