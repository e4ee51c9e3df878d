/** Image files: how they are decoded within limits, resized as networks see them, and written. */
@NullMarked
package org.bagnetlab.vision.dataset.image;

import org.jspecify.annotations.NullMarked;
