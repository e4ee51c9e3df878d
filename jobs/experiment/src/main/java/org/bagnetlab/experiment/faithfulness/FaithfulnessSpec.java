package org.bagnetlab.experiment.faithfulness;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures how well saliency maps say what a network's prediction depends on.
 *
 * @param on the network and its images
 * @param mostImages largest number of them that are used
 * @param tile side of a tile in pixels
 * @param steps steps from the whole image to none of it
 * @param orderSeed decides the random order of each image's tiles
 */
public record FaithfulnessSpec(
    @JsonUnwrapped NetworkImages on, int mostImages, int tile, int steps, long orderSeed)
    implements OnImages {

  /** With no more steps than images of a size have tiles. */
  public FaithfulnessSpec fitting(int size) {
    int across = size / tile;
    return new FaithfulnessSpec(on, mostImages, tile, Math.min(steps, across * across), orderSeed);
  }

  @Override
  public String kind() {
    return FaithfulnessExperiment.NAME;
  }
}
