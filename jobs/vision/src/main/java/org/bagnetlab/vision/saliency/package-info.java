/** Which pixels of an image count for a class's logit. */
@NullMarked
package org.bagnetlab.vision.saliency;

import org.jspecify.annotations.NullMarked;
