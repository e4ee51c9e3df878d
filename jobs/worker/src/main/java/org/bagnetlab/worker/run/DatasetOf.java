package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.image.ImagePreparation;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** The data set that a job reads. */
final class DatasetOf {

  private DatasetOf() {}

  /**
   * Finds that of a training, prepared as its images were.
   *
   * @param datasets folder of the imported data sets
   * @throws InvalidJob if it is not there or damaged
   */
  static SceneDataset training(Path datasets, TrainSpec spec) {
    return name(datasets, spec.dataset(), preparation(spec));
  }

  /**
   * Finds the data set of a name.
   *
   * @param datasets folder of the imported data sets
   * @param preparation of its images
   * @throws InvalidJob if it is not there or damaged
   */
  static SceneDataset name(Path datasets, String name, ImagePreparation preparation) {
    return found(new DatasetStore(datasets), name, preparation).orElseThrow(() -> missing(name));
  }

  private static InvalidJob missing(String name) {
    return invalid(
        "dataset-missing",
        "There is no data set '%s'. Import it with: ./bagnetlab dataset import %s PATH"
            .formatted(name, name));
  }

  /**
   * The images of a training's data set that show the same.
   *
   * @param datasets folder of the imported data sets
   * @throws InvalidJob if the data set is not there or damaged
   */
  static DuplicatePairs duplicates(Path datasets, TrainSpec spec) throws IOException {
    try {
      return new DatasetStore(datasets)
          .duplicates(spec.dataset(), (done, total) -> {})
          .orElseThrow(() -> missing(spec.dataset()));
    } catch (DamagedException e) {
      throw invalid("dataset-damaged", e.damaged().problem());
    }
  }

  private static Optional<SceneDataset> found(
      DatasetStore store, String name, ImagePreparation preparation) {
    try {
      return store.find(name, preparation);
    } catch (DamagedException e) {
      throw invalid("dataset-damaged", e.damaged().problem());
    }
  }

  static ImagePreparation preparation(TrainSpec spec) {
    return switch (spec.get(TrainExperiment.PREPARATION)) {
      case FLOATING_POINT -> ImagePreparation.FLOATING_POINT;
      case PILLOW -> ImagePreparation.PILLOW;
    };
  }

  private static InvalidJob invalid(String code, String message) {
    return new InvalidJob(code, "dataset", message);
  }
}
