package org.bagnetlab.experiment.network;

import java.util.Optional;

/**
 * A network and the images that it is measured on.
 *
 * @param run the train job whose best checkpoint is measured
 * @param weights the imported network that is measured instead
 * @param dataset of the images; empty: the run's
 * @param imageSize side of an imported network's images in pixels
 * @param images which of the data set's; empty: the run's test images for its own data set, all for
 *     another
 * @param subset largest number of each class; empty: no limit
 * @param subsetSeed decides which images of each class are used
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
