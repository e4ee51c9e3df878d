package org.bagnetlab.vision.dataset.generated;

/**
 * How accurately the classes of {@link Controlled15} can be read from the patches that a BagNet
 * sees in an image, independent of the training's objective. An image is the histogram of its
 * patches, without noise; all phases are equally likely. {@code
 * docs/checks/limits-of-controlled-15.py} computes both accuracies by enumerating the phases.
 *
 * @param linear accuracy of a linear function of the histogram trained for accuracy: the best
 *     found, rounded down, so that the true maximum is at least as large
 * @param best accuracy of the best function of the histogram: how often the most frequent class is
 *     right
 */
public record PatchReadouts(double linear, double best) {}
