/** Methods that show which pixels of an image matter for a class's logit. */
@NullMarked
package org.bagnetlab.vision.saliency;

import org.jspecify.annotations.NullMarked;
