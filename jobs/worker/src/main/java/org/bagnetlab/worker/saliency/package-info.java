/** Draws several kinds of maps of the pixels that matter in an image. */
package org.bagnetlab.worker.saliency;
