package org.bagnetlab.experiment.predictivepatches;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Finds the patches with the highest logits of each class.
 *
 * @param on the network and its images
 * @param patches number of patches for each class, from its images and again from others
 * @param stride distance in pixels between patches: 1, 2, 4 or 8
 */
public record PredictivePatchesSpec(@JsonUnwrapped NetworkImages on, int patches, int stride)
    implements OnImages {

  @Override
  public String kind() {
    return PredictivePatchesExperiment.NAME;
  }
}
