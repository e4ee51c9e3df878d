package org.bagnetlab.experiment.scramble;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures a network on images cut into tiles, with several grids and permutations.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param grids tiles per side; empty: {@link Grids#fitting} the images
 * @param permutations of each image and grid
 * @param scrambleSeed of the first permutation; the others have the seeds that follow
 */
public record ScrambleSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    Optional<Grids> grids,
    int permutations,
    long scrambleSeed)
    implements OnImages {

  /** Of a run, on its own test images. */
  public ScrambleSpec(long run, Optional<Grids> grids, int permutations, long scrambleSeed) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        grids,
        permutations,
        scrambleSeed);
  }

  /** The grids for images of a size. */
  public Grids grids(int imageSize) {
    return grids.orElseGet(() -> Grids.fitting(imageSize));
  }

  /** With the grids for images of a size. */
  public ScrambleSpec fitting(int imageSize) {
    return new ScrambleSpec(
        run,
        weights,
        dataset,
        this.imageSize,
        images,
        subset,
        subsetSeed,
        Optional.of(grids(imageSize)),
        permutations,
        scrambleSeed);
  }

  @Override
  public String kind() {
    return ScrambleExperiment.NAME;
  }
}
