/** Images of a data set that show the same: pairs of them, and how they are found. */
@NullMarked
package org.bagnetlab.vision.dataset.duplicate;

import org.jspecify.annotations.NullMarked;
