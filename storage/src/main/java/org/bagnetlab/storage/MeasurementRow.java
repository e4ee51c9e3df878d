package org.bagnetlab.storage;

/**
 * An accuracy on a set of images.
 *
 * @param set name of the set
 * @param accuracy in [0, 1]
 * @param correct number of images told rightly
 * @param images number of images
 * @param loss mean cross-entropy, in nats
 */
public record MeasurementRow(String set, double accuracy, int correct, int images, double loss) {}
