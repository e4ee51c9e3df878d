package org.bagnetlab.experiment.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures a network with another scrambling or on other images than its training did.
 *
 * @param on the network and its images
 * @param scrambleSeed decides the permutation of each image's tiles
 */
public record EvaluateSpec(@JsonUnwrapped NetworkImages on, long scrambleSeed) implements OnImages {

  @Override
  public String kind() {
    return EvaluateExperiment.NAME;
  }
}
