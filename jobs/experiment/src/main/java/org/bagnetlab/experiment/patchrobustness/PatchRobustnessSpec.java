package org.bagnetlab.experiment.patchrobustness;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Counts the images for which no adversarial patch changes the prediction of a bag of local
 * features whose evidence is masked.
 *
 * @param on the network and its images
 * @param patchSides sides of the adversarial patches in pixels
 */
public record PatchRobustnessSpec(@JsonUnwrapped NetworkImages on, WholeNumbers patchSides)
    implements OnImages {

  @Override
  public String kind() {
    return PatchRobustnessExperiment.NAME;
  }
}
