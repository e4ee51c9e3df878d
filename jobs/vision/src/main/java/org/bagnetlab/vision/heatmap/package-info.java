/**
 * Heatmaps of BagNets: the class's logit of every patch, exactly; also more densely than a network
 * gives them, and how much of the evidence comes from patches that identify the class.
 */
@NullMarked
package org.bagnetlab.vision.heatmap;

import org.jspecify.annotations.NullMarked;
