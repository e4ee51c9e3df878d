package org.bagnetlab.vision.dataset.duplicate;

/**
 * Two duplicate images: identical files, or near-duplicates.
 *
 * @param first path of the first image of the pair
 * @param second path of the other image
 * @param identical whether the files have the same bytes
 * @param correlation of the images as thumbnails; 1 if the files are identical
 * @param crossSplit whether one is in the training folder and the other in the test folder
 */
public record DuplicatePair(
    String first, String second, boolean identical, double correlation, boolean crossSplit) {}
