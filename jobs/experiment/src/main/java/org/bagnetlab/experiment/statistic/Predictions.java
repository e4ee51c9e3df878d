package org.bagnetlab.experiment.statistic;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.bagnetlab.experiment.output.MeasuredSet;

/**
 * The classes that a run saw in its images, as its worker wrote them.
 *
 * @param classes names, in the order of their numbers
 * @param validation of the validation images
 * @param test of the test images
 * @param scrambled of the scrambled test images
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Predictions(
    List<String> classes, List<Row> validation, List<Row> test, List<Row> scrambled) {

  /** An image's class and the one that was seen in it, by number. */
  public record Row(int label, int predicted) {}

  /** Those on a set of images. */
  public List<Row> of(MeasuredSet set) {
    return switch (set) {
      case TRAIN -> List.of();
      case VALIDATION -> validation;
      case TEST -> test;
      case SCRAMBLED -> scrambled;
    };
  }
}
