/** Parses requests into complete job specifications, or reports which field is invalid. */
@NullMarked
package org.bagnetlab.queue.spec;

import org.jspecify.annotations.NullMarked;
