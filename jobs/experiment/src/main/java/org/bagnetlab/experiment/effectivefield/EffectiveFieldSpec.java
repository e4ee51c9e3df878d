package org.bagnetlab.experiment.effectivefield;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures the effective receptive field of a network.
 *
 * @param on the network and its images
 * @param mostImages largest number of images that the gradient is averaged over
 */
public record EffectiveFieldSpec(@JsonUnwrapped NetworkImages on, int mostImages)
    implements OnImages {

  @Override
  public String kind() {
    return EffectiveFieldExperiment.NAME;
  }
}
