/**
 * Training: the batches of images, the schedules of the learning rate, averages of the weights,
 * epochs, and the choice of the best epoch.
 */
package org.bagnetlab.vision.training;
