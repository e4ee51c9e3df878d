/** The search for duplicate images in a data set. */
package org.bagnetlab.vision.dataset.duplicate;
