/** Detects changes that advance the database's revision. */
@NullMarked
package org.bagnetlab.storage.revision;

import org.jspecify.annotations.NullMarked;
