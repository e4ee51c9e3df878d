package org.bagnetlab.experiment.localisation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures how much of the evidence of a bag of local features comes from patches that reveal the
 * class.
 *
 * @param on the network and its images
 * @param stride distance in pixels between patches: 1, 2, 4 or 8
 */
public record LocalisationSpec(@JsonUnwrapped NetworkImages on, int stride) implements OnImages {

  @Override
  public String kind() {
    return LocalisationExperiment.NAME;
  }
}
