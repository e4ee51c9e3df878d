/** The effective receptive field: how much each pixel counts for a position of a feature map. */
@NullMarked
package org.bagnetlab.vision.effectivefield;

import org.jspecify.annotations.NullMarked;
