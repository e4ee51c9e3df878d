/** Draws several kinds of maps of the pixels that matter in an image. */
@NullMarked
package org.bagnetlab.experiment.saliency;

import org.jspecify.annotations.NullMarked;
