/** Draws several kinds of maps of the pixels that matter in an image. */
@NullMarked
package org.bagnetlab.worker.saliency;

import org.jspecify.annotations.NullMarked;
