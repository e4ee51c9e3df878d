/** Draws what several kinds of maps say that counts in an image. */
@NullMarked
package org.bagnetlab.worker.saliency;

import org.jspecify.annotations.NullMarked;
