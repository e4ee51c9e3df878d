/** Causes as they are stored: a code with its arguments. */
@NullMarked
package org.bagnetlab.storage.cause;

import org.jspecify.annotations.NullMarked;
