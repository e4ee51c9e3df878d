package org.bagnetlab.vision.dataset.generated;

/**
 * How accurately the classes of {@link Controlled15} can be read from the patches that a BagNet
 * sees in an image, independent of the training objective. An image is represented by the histogram
 * of its patches, without noise, and all phases are equally likely. {@code
 * docs/checks/limits-of-controlled-15.py} computes both accuracies by enumerating the phases.
 *
 * @param linear accuracy of a linear function of the histogram that is optimised for accuracy. This
 *     is the best accuracy found, rounded down, so the true maximum is at least as large.
 * @param best accuracy of the best possible function of the histogram, which always predicts the
 *     class that is most frequent for a histogram
 */
public record PatchReadouts(double linear, double best) {}
