/** Splits of images for training, validation and tests, and subsets of them. */
package org.bagnetlab.vision.dataset.split;
