package org.bagnetlab.server.results.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.server.results.file.FileCache;
import org.bagnetlab.server.results.file.PredictionsFile;
import org.bagnetlab.server.results.file.StoredFiles;

/**
 * The predictions of a run's network for its test images.
 *
 * @param run the training
 * @param byImage the predictions by path of the image
 */
public record TestPredictions(long run, Map<String, ImagePrediction> byImage) {

  /**
   * The prediction for an image.
   *
   * @param label class of the image
   * @param right whether this class is predicted
   * @param logits one logit for each class; empty if they were not stored
   */
  record ImagePrediction(String label, boolean right, Optional<float[]> logits) {}

  /**
   * Maximum number of cached logits over all runs. Each logit takes four bytes, and each image
   * about 100 more.
   */
  private static final int CACHED = 2_000_000;

  /** Reads the predictions of runs. */
  public static FileCache<TestPredictions> cache(StoredFiles files) {
    return new FileCache<>(
        files,
        ArtifactKind.PREDICTIONS,
        TestPredictions::read,
        TestPredictions::countLogits,
        CACHED);
  }

  private static TestPredictions read(long run, Path file) throws IOException {
    List<PredictionsFile.Row> rows = new ArrayList<>();
    List<String> classes =
        PredictionsFile.read(file, List.of(MeasuredSet.TEST), (set, row) -> rows.add(row));
    Map<String, ImagePrediction> byImage = new LinkedHashMap<>();
    for (PredictionsFile.Row row : rows) {
      // Interned, since runs on the same data set have the same classes.
      byImage.put(
          row.image(),
          new ImagePrediction(classes.get(row.label()).intern(), row.right(), row.logits()));
    }
    return new TestPredictions(run, byImage);
  }

  private int countLogits() {
    return byImage.values().stream()
        .mapToInt(image -> image.logits().map(logits -> logits.length).orElse(1))
        .sum();
  }

  /** The class of each image. */
  public Map<String, String> classes() {
    Map<String, String> classes = new LinkedHashMap<>();
    byImage.forEach((image, prediction) -> classes.put(image, prediction.label()));
    return classes;
  }

  /** For each image, 1 if the prediction is correct and 0 if it is wrong. */
  Map<String, Double> hits() {
    Map<String, Double> hits = new LinkedHashMap<>();
    byImage.forEach((image, prediction) -> hits.put(image, prediction.right() ? 1.0 : 0.0));
    return hits;
  }

  /**
   * The share of each class's images with a correct prediction. Classes without images are left
   * out.
   */
  Map<String, Double> recalls() {
    return byImage.values().stream()
        .collect(
            Collectors.groupingBy(
                ImagePrediction::label,
                LinkedHashMap::new,
                Collectors.averagingInt(prediction -> prediction.right() ? 1 : 0)));
  }
}
