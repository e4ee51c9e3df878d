package org.bagnetlab.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job's data set is there and whole, or the job says what is wrong with it. */
class JobDatasetsTests {

  @Test
  void aDamagedDataSetIsTheJobsProblem(@TempDir Path folder) throws Exception {
    Path dataset = Files.createDirectories(folder.resolve("scene15"));
    Files.writeString(dataset.resolve("dataset.json"), "null");
    assertThatThrownBy(() -> JobDatasets.find(folder, "scene15"))
        .isInstanceOfSatisfying(
            InvalidJob.class, refusal -> assertThat(refusal.code()).isEqualTo("dataset-damaged"))
        .hasMessageContaining("dataset remove scene15");
  }
}
