package org.bagnetlab.experiment.evidence;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Records where in each image a bag of local features sees evidence for the image's class.
 *
 * @param on the network and its images
 */
public record EvidenceSpec(@JsonUnwrapped NetworkImages on) implements OnImages {

  @Override
  public String kind() {
    return EvidenceExperiment.NAME;
  }
}
