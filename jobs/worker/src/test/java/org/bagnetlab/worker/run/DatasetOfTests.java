package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training's data set is there and whole, or the job says what is wrong with it. */
class DatasetOfTests {

  @Test
  void aDamagedDataSetIsTheJobsProblem(@TempDir Path folder) throws Exception {
    Path dataset = Files.createDirectories(folder.resolve("scene15"));
    Files.writeString(dataset.resolve("dataset.json"), "null");
    TrainSpec spec =
        new TrainSpec(
            "bagnet9", "scene15", 64, 1, Recipe.QUICK, 1, 8, 1e-3, 1, 8, Optional.empty());
    assertThatThrownBy(() -> DatasetOf.training(folder, spec))
        .isInstanceOfSatisfying(
            InvalidJob.class, refusal -> assertThat(refusal.code()).isEqualTo("dataset-damaged"))
        .hasMessageContaining("dataset remove scene15");
  }
}
