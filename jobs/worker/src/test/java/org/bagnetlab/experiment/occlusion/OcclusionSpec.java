package org.bagnetlab.experiment.occlusion;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Masks more and more tiles of each image.
 *
 * @param on the network and its images
 * @param tiles per side of the grid that an image is cut into
 * @param most largest number of masked tiles
 * @param seed decides in which order the tiles of each image are masked
 */
public record OcclusionSpec(@JsonUnwrapped NetworkImages on, int tiles, int most, long seed)
    implements OnImages {

  @Override
  public String kind() {
    return OcclusionExperiment.NAME;
  }
}
