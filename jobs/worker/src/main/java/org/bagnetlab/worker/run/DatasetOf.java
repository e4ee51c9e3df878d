package org.bagnetlab.worker.run;

import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.DatasetStore;
import org.bagnetlab.vision.dataset.Preparation;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.staging.DamagedException;

/** The data set that a training reads. */
final class DatasetOf {

  private DatasetOf() {}

  /**
   * Finds it.
   *
   * @param datasets folder of the imported data sets
   * @throws InvalidJob if it is not there or damaged
   */
  static SceneDataset training(Path datasets, TrainSpec spec) {
    return found(new DatasetStore(datasets), spec)
        .orElseThrow(
            () ->
                invalid(
                    "dataset-missing",
                    "There is no data set '%s'. Import it with: ./bagnetlab dataset import %s PATH"
                        .formatted(spec.dataset(), spec.dataset())));
  }

  private static Optional<SceneDataset> found(DatasetStore store, TrainSpec spec) {
    try {
      return store.find(spec.dataset(), preparation(spec));
    } catch (DamagedException e) {
      throw invalid("dataset-damaged", e.damaged().problem());
    }
  }

  private static Preparation preparation(TrainSpec spec) {
    return switch (spec.preparation()) {
      case FLOATING_POINT -> Preparation.FLOATING_POINT;
      case PILLOW -> Preparation.PILLOW;
    };
  }

  private static InvalidJob invalid(String code, String message) {
    return new InvalidJob(code, "dataset", message);
  }
}
