/** Accuracy of a network on a set of images, with a prediction for each image. */
package org.bagnetlab.vision.evaluation;
