package org.bagnetlab.experiment.evaluate;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures a network, with another scrambling or on other images than its training did.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param scrambleSeed decides the permutation of each image's tiles
 */
public record EvaluateSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    long scrambleSeed)
    implements OnImages {

  /** Of a run, on its own test images. */
  public EvaluateSpec(long run, long scrambleSeed) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        scrambleSeed);
  }

  @Override
  public String kind() {
    return EvaluateExperiment.NAME;
  }
}
