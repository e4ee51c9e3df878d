package org.bagnetlab.vision.weights;

import java.util.Optional;

/**
 * How to import weights.
 *
 * @param architecture registered name of the network; empty: the one that the file fits
 * @param width factor on the channel counts; empty: found from the file
 * @param source where they come from
 * @param regime how they were trained; {@link #PRETRAINED} where nothing else is known
 */
public record WeightsImport(
    Optional<String> architecture, Optional<Double> width, String source, String regime) {

  /** Trained by others on other images, usually ImageNet's. */
  public static final String PRETRAINED = "pretrained";
}
