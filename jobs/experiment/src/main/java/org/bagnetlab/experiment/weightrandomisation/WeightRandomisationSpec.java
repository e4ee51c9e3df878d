package org.bagnetlab.experiment.weightrandomisation;

import java.util.Optional;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.OnImages;

/**
 * Compares heatmaps of a network with those after more and more of its weights were drawn anew.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of them
 * @param subset at most so many of each class
 * @param subsetSeed decides which of a class's images those are
 * @param mostImages largest number of them whose heatmaps are compared
 * @param randomisationSeed decides the new weights
 */
public record WeightRandomisationSpec(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed,
    int mostImages,
    long randomisationSeed)
    implements OnImages {

  /** Of a run, on its own test images. */
  public WeightRandomisationSpec(long run, int mostImages, long randomisationSeed) {
    this(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        mostImages,
        randomisationSeed);
  }

  @Override
  public String kind() {
    return WeightRandomisationExperiment.NAME;
  }
}
