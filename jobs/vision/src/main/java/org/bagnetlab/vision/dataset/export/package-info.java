/** The images of a split as networks see them, as files for other programs. */
@NullMarked
package org.bagnetlab.vision.dataset.export;

import org.jspecify.annotations.NullMarked;
