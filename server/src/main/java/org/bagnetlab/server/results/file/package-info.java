/** Files that jobs stored, found, read and kept in memory as long as there is room. */
@NullMarked
package org.bagnetlab.server.results.file;

import org.jspecify.annotations.NullMarked;
