/**
 * Heatmaps of BagNets: the exact logit of a class for every patch, also more densely than a network
 * computes them, and the share of the evidence from patches that identify the class.
 */
package org.bagnetlab.vision.heatmap;
