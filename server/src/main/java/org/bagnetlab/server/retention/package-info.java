/** Which files of ended jobs stay, and for how long. */
@NullMarked
package org.bagnetlab.server.retention;

import org.jspecify.annotations.NullMarked;
