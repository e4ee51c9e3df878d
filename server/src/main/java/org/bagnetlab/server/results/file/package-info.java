/** Finds and reads files that jobs stored, and caches their contents in memory. */
@NullMarked
package org.bagnetlab.server.results.file;

import org.jspecify.annotations.NullMarked;
