package org.bagnetlab.vision.predictivepatches;

/**
 * The patch of an image with the highest logit of a class.
 *
 * @param image index of the image
 * @param row row of the patch in the map of patch logits; if several are equal, the first of them,
 *     row by row
 * @param column column of the patch
 * @param logit logit of the class
 */
public record BestPatch(int image, int row, int column, float logit) {}
