/** Recognition of images by local evidence despite an adversarial patch. */
@NullMarked
package org.bagnetlab.vision.patchrobustness;

import org.jspecify.annotations.NullMarked;
