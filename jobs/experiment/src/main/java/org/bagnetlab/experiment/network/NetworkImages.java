package org.bagnetlab.experiment.network;

import java.util.Optional;

/**
 * A network, and the images that it is measured on.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset whose images it gets; empty: those of the run
 * @param imageSize side of an imported network's images in pixels
 * @param images which of the data set's; empty: the run's test images on its own data set, on
 *     another one all
 * @param subset at most so many of each class; empty: all that are chosen
 * @param subsetSeed decides which of a class's images those are
 */
public record NetworkImages(
    Optional<Long> run,
    Optional<ImportedNetwork> weights,
    Optional<String> dataset,
    Optional<Integer> imageSize,
    Optional<ImageChoice> images,
    Optional<Integer> subset,
    long subsetSeed) {

  /** The network of a run, and its own test images. */
  public static NetworkImages ofRun(long run) {
    return new NetworkImages(
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }
}
