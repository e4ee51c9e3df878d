/** Saves a whole lab to one file, and restores it. */
@NullMarked
package org.bagnetlab.server.backup;

import org.jspecify.annotations.NullMarked;
