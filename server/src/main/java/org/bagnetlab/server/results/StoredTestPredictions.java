package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;

/** Reads what runs saw in their test images, and remembers the last runs that were asked for. */
final class StoredTestPredictions {

  /** Logits of all runs in memory, four bytes each, besides some 100 bytes an image. */
  private static final int REMEMBERED = 2_000_000;

  private final RememberedFiles<TestPredictions> files;

  StoredTestPredictions(StoredFiles files) {
    this.files =
        new RememberedFiles<>(
            files,
            ArtifactKind.PREDICTIONS,
            StoredTestPredictions::predictions,
            StoredTestPredictions::logits,
            REMEMBERED);
  }

  /** Those of trainings by their numbers; trainings that stored none are left out. */
  Future<Map<Long, TestPredictions>> of(List<Long> runs) {
    return files.of(runs);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Row(String image, int label, int predicted, Optional<float[]> logits) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Stored(List<String> classes, List<Row> test) {}

  private static TestPredictions predictions(long run, Path file) throws IOException {
    Stored stored = Json.MAPPER.readValue(file.toFile(), Stored.class);
    Map<String, TestPredictions.Seen> byImage = new LinkedHashMap<>();
    for (Row row : stored.test()) {
      // Runs on the same data set name the same images and classes.
      byImage.put(
          row.image().intern(),
          new TestPredictions.Seen(
              stored.classes().get(row.label()).intern(),
              row.predicted() == row.label(),
              row.logits()));
    }
    return new TestPredictions(run, byImage);
  }

  private static int logits(TestPredictions predictions) {
    return predictions.byImage().values().stream()
        .mapToInt(seen -> seen.logits().map(logits -> logits.length).orElse(1))
        .sum();
  }
}
