/** Imported weights: their files and where they came from. */
@NullMarked
package org.bagnetlab.vision.weights;

import org.jspecify.annotations.NullMarked;
