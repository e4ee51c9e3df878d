package org.bagnetlab.experiment.scramble;

import java.util.Optional;
import org.bagnetlab.experiment.AboutRun;

/**
 * Measures the network of an earlier run on test images cut into tiles, with several grids and
 * permutations.
 *
 * @param run the train job whose best checkpoint is measured
 * @param grids tiles a side; empty: {@link Grids#fitting} the run's images
 * @param permutations of each image and grid
 * @param scrambleSeed of the first permutation; the others have the seeds that follow
 */
public record ScrambleSpec(long run, Optional<Grids> grids, int permutations, long scrambleSeed)
    implements AboutRun {

  /** The grids for images of a size. */
  public Grids grids(int imageSize) {
    return grids.orElseGet(() -> Grids.fitting(imageSize));
  }

  @Override
  public String kind() {
    return ScrambleExperiment.NAME;
  }
}
