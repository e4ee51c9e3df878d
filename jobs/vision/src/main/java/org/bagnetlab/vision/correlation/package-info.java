/** Correlation of two variables. */
@NullMarked
package org.bagnetlab.vision.correlation;

import org.jspecify.annotations.NullMarked;
