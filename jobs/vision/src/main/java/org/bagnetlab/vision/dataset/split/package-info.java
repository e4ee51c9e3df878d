/** Splits of images for training, validation and tests, and choices from them. */
@NullMarked
package org.bagnetlab.vision.dataset.split;

import org.jspecify.annotations.NullMarked;
