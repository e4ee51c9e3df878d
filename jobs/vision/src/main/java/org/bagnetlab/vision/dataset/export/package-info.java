/** Export of a split's images, as networks see them, for other programs. */
@NullMarked
package org.bagnetlab.vision.dataset.export;

import org.jspecify.annotations.NullMarked;
