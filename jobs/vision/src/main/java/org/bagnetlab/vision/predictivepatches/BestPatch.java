package org.bagnetlab.vision.predictivepatches;

/**
 * The patch of an image with its highest logit of a class.
 *
 * @param image number of the image
 * @param row row of the patch in the map of patch logits; of equal patches the first, row by row
 * @param column column of the patch
 * @param logit logit of the class
 */
public record BestPatch(int image, int row, int column, float logit) {}
