package org.bagnetlab.experiment.predictivepatches;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Finds the patches with the highest logits of each class.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param patches number of them for each class, from its images and again from others
 * @param stride distance in pixels between patches: 1, 2, 4 or 8
 */
public record PredictivePatchesSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    int patches,
    int stride)
    implements OnImages {

  /** Of a run, on its own test images. */
  public PredictivePatchesSpec(long run, int patches, int stride) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        patches,
        stride);
  }

  @Override
  public String kind() {
    return PredictivePatchesExperiment.NAME;
  }
}
