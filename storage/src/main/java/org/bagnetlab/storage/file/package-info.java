/**
 * Files of artifacts: taken over from workers, verified, and deleted when no row names them any
 * more.
 */
@NullMarked
package org.bagnetlab.storage.file;

import org.jspecify.annotations.NullMarked;
