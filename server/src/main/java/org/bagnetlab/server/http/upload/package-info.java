/** Files that are too large for memory: received onto the disk, and imported from there. */
@NullMarked
package org.bagnetlab.server.http.upload;

import org.jspecify.annotations.NullMarked;
