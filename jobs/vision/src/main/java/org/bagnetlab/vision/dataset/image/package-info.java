/** Image files: decoding within limits, resizing as networks see them, and writing. */
@NullMarked
package org.bagnetlab.vision.dataset.image;

import org.jspecify.annotations.NullMarked;
