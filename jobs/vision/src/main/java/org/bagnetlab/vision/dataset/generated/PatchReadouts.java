package org.bagnetlab.vision.dataset.generated;

/**
 * How accurately the classes of {@link Controlled15} can be read from the patches that a BagNet
 * sees in an image, whatever its training rewards. An image is the histogram of its patches,
 * without noise; all phases are equally likely. {@code docs/checks/limits-of-controlled-15.py}
 * computes both accuracies by enumerating the phases.
 *
 * @param linear of a linear function of the histogram that is trained for accuracy: the best that
 *     was found, rounded down, so that the true maximum is at least as large
 * @param best of the best function of the histogram: how often its most frequent class is right
 */
public record PatchReadouts(double linear, double best) {}
