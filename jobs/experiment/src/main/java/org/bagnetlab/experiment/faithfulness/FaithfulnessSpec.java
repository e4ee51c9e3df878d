package org.bagnetlab.experiment.faithfulness;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures how well saliency maps show what a network's prediction depends on.
 *
 * @param on the network and its images
 * @param mostImages largest number of images that are used
 * @param tile side of a tile in pixels
 * @param steps number of steps from the whole image to an empty one
 * @param orderSeed decides the random order of each image's tiles
 */
public record FaithfulnessSpec(
    @JsonUnwrapped NetworkImages on, int mostImages, int tile, int steps, long orderSeed)
    implements OnImages {

  /** A copy with at most as many steps as images of this size have tiles. */
  public FaithfulnessSpec fitting(int size) {
    int across = size / tile;
    return new FaithfulnessSpec(on, mostImages, tile, Math.min(steps, across * across), orderSeed);
  }

  @Override
  public String kind() {
    return FaithfulnessExperiment.NAME;
  }
}
