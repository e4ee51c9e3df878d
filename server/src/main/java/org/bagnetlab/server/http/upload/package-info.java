/**
 * Uploads of files that are too large for memory: they are received onto the disk and imported from
 * there.
 */
@NullMarked
package org.bagnetlab.server.http.upload;

import org.jspecify.annotations.NullMarked;
