/** Reads what people ask for into complete job specifications, or says which field is wrong. */
@NullMarked
package org.bagnetlab.queue.spec;

import org.jspecify.annotations.NullMarked;
