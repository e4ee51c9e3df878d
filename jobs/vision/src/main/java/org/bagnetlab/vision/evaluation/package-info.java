/** Accuracy of a network on a set of images, image by image. */
package org.bagnetlab.vision.evaluation;
