package org.bagnetlab.experiment.spatialsensitivity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Measures a network while the most important tiles of each image are masked.
 *
 * @param on the network and its images
 * @param mostImages largest number of images that are used
 * @param tile side of a tile in pixels
 * @param masked numbers of masked tiles
 * @param orderSeed decides the random order of each image's tiles
 */
public record SpatialSensitivitySpec(
    @JsonUnwrapped NetworkImages on, int mostImages, int tile, WholeNumbers masked, long orderSeed)
    implements OnImages {

  /** A copy with the numbers of masked tiles that images of this size can have. */
  public SpatialSensitivitySpec fitting(int size) {
    int across = size / tile;
    return new SpatialSensitivitySpec(
        on,
        mostImages,
        tile,
        new WholeNumbers(
            masked.values().stream().filter(count -> count <= across * across).toList()),
        orderSeed);
  }

  @Override
  public String kind() {
    return SpatialSensitivityExperiment.NAME;
  }
}
