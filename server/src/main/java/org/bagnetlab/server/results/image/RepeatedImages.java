package org.bagnetlab.server.results.image;

import java.io.IOException;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/**
 * Counts the validation and test images of a training that also occur in an earlier part of its
 * split.
 *
 * @param validation validation images, which choose the epoch: how many of them are also training
 *     images
 * @param test test images, which measure the result: how many of them are also training or
 *     validation images
 */
public record RepeatedImages(Repeated validation, Repeated test) {

  /** The number of images of a part that are the same as an image of an earlier part. */
  public record Repeated(int images, int repeated) {

    private static Repeated of(Split split, Split.Part part, DuplicatePairs duplicates) {
      return new Repeated(split.images(part).size(), split.repeated(part, duplicates).size());
    }
  }

  /**
   * Counts the repeated images. Empty if the data set was removed or replaced.
   *
   * @param checksum checksum of the data set that the training used, if already known
   * @throws IOException if the data set is damaged
   * @throws org.bagnetlab.vision.dataset.split.SplitImpossible if a class has too few images, as
   *     the training found
   */
  public static Optional<RepeatedImages> of(
      TrainSpec spec, Optional<String> checksum, DatasetStore datasets) throws IOException {
    Optional<SceneDataset> dataset =
        datasets
            .find(spec.dataset())
            .filter(found -> checksum.isEmpty() || checksum.get().equals(found.checksum()));
    Optional<DuplicatePairs> duplicates = datasets.duplicates(spec.dataset(), (done, total) -> {});
    if (dataset.isEmpty() || duplicates.isEmpty()) {
      return Optional.empty();
    }
    Split whole = Split.of(dataset.get(), spec.seed());
    Split judged =
        switch (spec.get(TrainExperiment.DUPLICATES)) {
          case KEEP -> whole;
          case LEAVE_OUT -> whole.without(duplicates.get(), dataset.get().classes());
        };
    Split split = judged.learning(spec.find(TrainExperiment.TRAIN_IMAGES));
    return Optional.of(
        new RepeatedImages(
            Repeated.of(split, Split.Part.VALIDATION, duplicates.get()),
            Repeated.of(split, Split.Part.TEST, duplicates.get())));
  }
}
