/** Splits of images for training, validation and tests, and choices from them. */
package org.bagnetlab.vision.dataset.split;
