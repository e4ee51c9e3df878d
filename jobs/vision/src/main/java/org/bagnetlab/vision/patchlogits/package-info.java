/** The logits of the patches within images, more densely than a network gives them. */
@NullMarked
package org.bagnetlab.vision.patchlogits;

import org.jspecify.annotations.NullMarked;
