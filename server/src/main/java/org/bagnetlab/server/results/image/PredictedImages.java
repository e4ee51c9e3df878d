package org.bagnetlab.server.results.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.server.results.file.PredictionsFile;

/**
 * The predictions of a job's network for the images that it was measured on.
 *
 * @param job the training or the evaluation
 * @param classes names of the classes, in the order of their indices
 * @param bySet the predictions by set of images, then by path of the image
 */
record PredictedImages(
    long job, List<String> classes, Map<MeasuredSet, Map<String, PredictedImage>> bySet) {

  /** Estimated size in bytes of an image with its path, without its probabilities. */
  private static final int BYTES_OF_IMAGE = 200;

  /** Estimated size in bytes of probabilities, without the most probable classes. */
  private static final int BYTES_OF_PROBABILITIES = 80;

  /** The predictions that a job's worker wrote. */
  static PredictedImages read(long job, Path file) throws IOException {
    Map<MeasuredSet, Map<String, PredictedImage>> bySet = new EnumMap<>(MeasuredSet.class);
    List<String> classes =
        PredictionsFile.read(
            file,
            PredictionFilter.SETS,
            (set, row) ->
                bySet
                    .computeIfAbsent(set, any -> new LinkedHashMap<>())
                    .put(row.image(), PredictedImage.of(row)));
    return new PredictedImages(job, classes, bySet);
  }

  /** The name of the class with this index. */
  String name(int label) {
    return classes.get(label);
  }

  /** The predictions for a set of images. Empty if the set was not measured. */
  Map<String, PredictedImage> of(MeasuredSet set) {
    return bySet.getOrDefault(set, Map.of());
  }

  /** The approximate size in memory, in bytes. */
  int size() {
    return bySet.values().stream()
        .flatMap(set -> set.values().stream())
        .mapToInt(
            image ->
                BYTES_OF_IMAGE
                    + image
                        .probabilities()
                        .map(
                            some ->
                                BYTES_OF_PROBABILITIES
                                    + some.top().length * (Integer.BYTES + Double.BYTES))
                        .orElse(0))
        .sum();
  }
}
