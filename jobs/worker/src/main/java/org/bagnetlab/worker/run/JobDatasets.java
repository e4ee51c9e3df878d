package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.staging.DamagedException;

/** Finds the data set that a job reads. */
final class JobDatasets {

  private JobDatasets() {}

  /**
   * Finds the data set with this name.
   *
   * @param datasets folder of the imported data sets
   * @throws InvalidJob if it is missing or damaged
   */
  static SceneDataset find(Path datasets, String name) {
    try {
      return new DatasetStore(datasets).find(name).orElseThrow(() -> missing(name));
    } catch (DamagedException e) {
      throw invalid("dataset-damaged", e.damaged().problem());
    }
  }

  private static InvalidJob missing(String name) {
    return invalid(
        "dataset-missing",
        "There is no data set '%s'. Import it with: ./bagnetlab dataset import %s PATH"
            .formatted(name, name));
  }

  /**
   * The duplicate images of a training's data set.
   *
   * @param datasets folder of the imported data sets
   * @throws InvalidJob if the data set is missing or damaged
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

  private static InvalidJob invalid(String code, String message) {
    return new InvalidJob(code, "dataset", message);
  }
}
