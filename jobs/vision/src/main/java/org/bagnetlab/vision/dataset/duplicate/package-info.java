/** The search for images of a data set that show the same. */
package org.bagnetlab.vision.dataset.duplicate;
