package org.bagnetlab.experiment.weightrandomisation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Compares heatmaps of a network with those after more and more of its weights were redrawn.
 *
 * @param on the network and its images
 * @param mostImages largest number of images whose heatmaps are compared
 * @param randomisationSeed decides the new weights
 */
public record WeightRandomisationSpec(
    @JsonUnwrapped NetworkImages on, int mostImages, long randomisationSeed) implements OnImages {

  @Override
  public String kind() {
    return WeightRandomisationExperiment.NAME;
  }
}
