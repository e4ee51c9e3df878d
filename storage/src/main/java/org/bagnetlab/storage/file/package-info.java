/**
 * The files of artifacts: accepted from workers, verified, and deleted when no row refers to them
 * any more.
 */
@NullMarked
package org.bagnetlab.storage.file;

import org.jspecify.annotations.NullMarked;
