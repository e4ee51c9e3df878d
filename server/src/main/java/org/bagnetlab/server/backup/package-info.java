/** Saving a whole lab to one file, and restoring it. */
@NullMarked
package org.bagnetlab.server.backup;

import org.jspecify.annotations.NullMarked;
