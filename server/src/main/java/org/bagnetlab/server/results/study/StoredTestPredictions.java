package org.bagnetlab.server.results.study;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.PredictionsFile;
import org.bagnetlab.server.results.file.StoredFiles;

/** Reads the predictions of runs for test images, and remembers those that were asked for last. */
public final class StoredTestPredictions {

  /** Logits of all runs in memory, four bytes each, besides some 100 bytes an image. */
  private static final int REMEMBERED = 2_000_000;

  private final FileCache<TestPredictions> files;

  /** Reads from these files. */
  public StoredTestPredictions(StoredFiles files) {
    this.files =
        new FileCache<>(
            files,
            ArtifactKind.PREDICTIONS,
            StoredTestPredictions::predictions,
            StoredTestPredictions::logits,
            REMEMBERED);
  }

  /** Those of trainings by their numbers; trainings that stored none are left out. */
  public Future<Map<Long, TestPredictions>> of(List<Long> runs) {
    return files.of(runs);
  }

  private static TestPredictions predictions(long run, Path file) throws IOException {
    List<PredictionsFile.Row> rows = new ArrayList<>();
    List<String> classes =
        PredictionsFile.read(file, List.of(MeasuredSet.TEST), (set, row) -> rows.add(row));
    Map<String, TestPredictions.ImagePrediction> byImage = new LinkedHashMap<>();
    for (PredictionsFile.Row row : rows) {
      // Runs on the same data set have the same classes.
      byImage.put(
          row.image(),
          new TestPredictions.ImagePrediction(
              classes.get(row.label()).intern(), row.right(), row.logits()));
    }
    return new TestPredictions(run, byImage);
  }

  private static int logits(TestPredictions predictions) {
    return predictions.byImage().values().stream()
        .mapToInt(image -> image.logits().map(logits -> logits.length).orElse(1))
        .sum();
  }
}
