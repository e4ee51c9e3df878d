package org.bagnetlab.experiment.scramble;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.bagnetlab.experiment.network.NetworkImages;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures a network on images cut into shuffled tiles, with several grids and permutations.
 *
 * @param on the network and its images
 * @param grids tiles per side; empty: {@link Grids#fitting} the images
 * @param permutations of each image and grid
 * @param scrambleSeed of the first permutation; the others have the seeds that follow
 */
public record ScrambleSpec(
    @JsonUnwrapped NetworkImages on, Optional<Grids> grids, int permutations, long scrambleSeed)
    implements OnImages {

  /** The grids for images of this size. */
  public Grids grids(int imageSize) {
    return grids.orElseGet(() -> Grids.fitting(imageSize));
  }

  /** A copy with the grids for images of this size. */
  public ScrambleSpec fitting(int imageSize) {
    return new ScrambleSpec(on, Optional.of(grids(imageSize)), permutations, scrambleSeed);
  }

  @Override
  public String kind() {
    return ScrambleExperiment.NAME;
  }
}
