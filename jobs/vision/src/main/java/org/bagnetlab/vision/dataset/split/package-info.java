/** Which images are for training, validation and tests, and which of them are taken. */
@NullMarked
package org.bagnetlab.vision.dataset.split;

import org.jspecify.annotations.NullMarked;
