/** Augmentation: random changes of training images, which follow from seed, epoch and image. */
package org.bagnetlab.vision.augmentation;
