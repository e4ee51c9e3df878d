package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.statistic.Predictions;
import org.bagnetlab.protocol.Json;

/**
 * What a job's network saw in each image that it was measured on.
 *
 * @param job the training, or the evaluation
 * @param classes names, in the order of their numbers
 * @param bySet by the set of images, then by the image's path
 */
record SeenImages(long job, List<String> classes, Map<MeasuredSet, Map<String, Seen>> bySet) {

  /**
   * What was seen in an image.
   *
   * @param label its class
   * @param predicted the class that was seen
   * @param logits one for each class; empty: they were not stored
   */
  record Seen(int label, int predicted, Optional<float[]> logits) {

    boolean right() {
      return predicted == label;
    }

    /** One for each class; empty if logits were not stored or are those of a diverged network. */
    Optional<double[]> probabilities() {
      return new Predictions.Row(label, predicted, logits)
          .logProbabilities()
          .map(logarithms -> DoubleStream.of(logarithms).map(Math::exp).toArray());
    }

    /** The probability of the class that was seen. */
    Optional<Double> confidence() {
      return probabilities().map(all -> all[predicted]);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Row(String image, int label, int predicted, Optional<float[]> logits) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Stored(
      List<String> classes, List<Row> validation, List<Row> test, List<Row> scrambled) {}

  /** Those that a job's worker wrote. */
  static SeenImages read(long job, Path file) throws IOException {
    Stored stored = Json.MAPPER.readValue(file.toFile(), Stored.class);
    Map<MeasuredSet, Map<String, Seen>> bySet = new EnumMap<>(MeasuredSet.class);
    bySet.put(MeasuredSet.TEST, byImage(stored.test()));
    bySet.put(MeasuredSet.SCRAMBLED, byImage(stored.scrambled()));
    bySet.put(MeasuredSet.VALIDATION, byImage(stored.validation()));
    return new SeenImages(job, stored.classes(), bySet);
  }

  private static Map<String, Seen> byImage(List<Row> rows) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (Row row : rows) {
      // Runs on the same data set name the same images.
      seen.put(row.image().intern(), new Seen(row.label(), row.predicted(), row.logits()));
    }
    return seen;
  }

  /** A class by its number. */
  String name(int label) {
    return classes.get(label);
  }

  /** Of a set; none if it was not measured. */
  Map<String, Seen> of(MeasuredSet set) {
    return bySet.getOrDefault(set, Map.of());
  }

  /** Logits in memory, or one for an image without. */
  int size() {
    return bySet.values().stream()
        .flatMap(set -> set.values().stream())
        .flatMapToInt(seen -> IntStream.of(seen.logits().map(all -> all.length).orElse(1)))
        .sum();
  }
}
