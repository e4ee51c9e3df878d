/**
 * Heatmaps of BagNets: the exact logit of a class for every patch, also on denser grids than a
 * network computes, and the share of the evidence that comes from patches that identify the class.
 */
package org.bagnetlab.vision.heatmap;
