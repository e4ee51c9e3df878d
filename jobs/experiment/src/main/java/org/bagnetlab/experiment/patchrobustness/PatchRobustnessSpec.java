package org.bagnetlab.experiment.patchrobustness;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.parameter.WholeNumbers;

/**
 * Counts the images for which no adversarial patch changes the prediction of a bag of local
 * features whose evidence is masked.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param patchSides sides of the adversarial patches in pixels
 */
public record PatchRobustnessSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    WholeNumbers patchSides)
    implements OnImages {

  /** Of a run, on its own test images. */
  public PatchRobustnessSpec(long run, WholeNumbers patchSides) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        patchSides);
  }

  @Override
  public String kind() {
    return PatchRobustnessExperiment.NAME;
  }
}
