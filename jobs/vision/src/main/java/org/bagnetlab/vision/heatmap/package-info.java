/** Heatmaps of BagNets: the class's logit of every patch, exactly. */
@NullMarked
package org.bagnetlab.vision.heatmap;

import org.jspecify.annotations.NullMarked;
