package org.bagnetlab.experiment.localisation;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Measures how much of the evidence of a bag of local features comes from patches that can tell the
 * class.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param stride distance in pixels between patches: 1, 2, 4 or 8
 */
public record LocalisationSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    int stride)
    implements OnImages {

  /** Of a run, on its own test images. */
  public LocalisationSpec(long run, int stride) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        stride);
  }

  @Override
  public String kind() {
    return LocalisationExperiment.NAME;
  }
}
