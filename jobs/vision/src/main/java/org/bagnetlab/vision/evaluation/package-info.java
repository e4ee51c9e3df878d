/** Accuracy of a network on a set of images, image by image. */
@NullMarked
package org.bagnetlab.vision.evaluation;

import org.jspecify.annotations.NullMarked;
