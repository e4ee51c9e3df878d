package org.bagnetlab.server.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.MeasuredSet;

/**
 * The classes that a run saw in its images, as its worker wrote them.
 *
 * @param classes names, in the order of their numbers
 * @param validation of the validation images
 * @param test of the test images
 * @param scrambled of the scrambled test images
 */
record Predictions(
    List<String> classes, List<Row> validation, List<Row> test, List<Row> scrambled) {

  /** An image's class and the one that was seen in it. */
  record Row(int label, int predicted) {}

  static Predictions read(Path file) throws IOException {
    return Json.MAPPER.readValue(file.toFile(), Predictions.class);
  }

  List<Row> of(MeasuredSet set) {
    return switch (set) {
      case VALIDATION -> validation;
      case TEST -> test;
      case SCRAMBLED -> scrambled;
    };
  }
}
