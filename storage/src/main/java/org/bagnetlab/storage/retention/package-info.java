/** The SQL of which files may be removed, and which were. */
@NullMarked
package org.bagnetlab.storage.retention;

import org.jspecify.annotations.NullMarked;
