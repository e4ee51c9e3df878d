/**
 * The seam between the science and the engine: a compiled network as training, evaluation and
 * heatmaps see it. Arrays are plain, so that nothing outside knows which engine computes.
 */
@NullMarked
package org.bagnetlab.vision.network;

import org.jspecify.annotations.NullMarked;
