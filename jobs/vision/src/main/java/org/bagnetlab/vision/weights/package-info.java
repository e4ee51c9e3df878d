/** Imported weights: their files and their origin. */
@NullMarked
package org.bagnetlab.vision.weights;

import org.jspecify.annotations.NullMarked;
