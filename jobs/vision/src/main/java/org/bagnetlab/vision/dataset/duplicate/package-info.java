/** The search for images of a data set that show the same. */
@NullMarked
package org.bagnetlab.vision.dataset.duplicate;

import org.jspecify.annotations.NullMarked;
