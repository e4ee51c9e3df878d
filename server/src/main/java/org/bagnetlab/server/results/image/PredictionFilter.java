package org.bagnetlab.server.results.image;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;

/**
 * Which of a run's predictions a page has.
 *
 * @param sets of images
 * @param image path of the only one
 * @param label of that class
 * @param predicted as that class
 * @param right whether that was right
 * @param alsoWrong runs that all got the image wrong, too
 * @param order of the images
 * @param top so many of the most probable classes of each
 * @param limit at most so many images
 * @param offset after so many
 */
public record PredictionFilter(
    List<MeasuredSet> sets,
    Optional<String> image,
    Optional<String> label,
    Optional<String> predicted,
    Optional<Boolean> right,
    List<Long> alsoWrong,
    Order order,
    int top,
    int limit,
    int offset) {

  /** The sets whose predictions are listed, in the order in which an image's are. */
  public static final List<MeasuredSet> SETS =
      List.of(MeasuredSet.TEST, MeasuredSet.SCRAMBLED, MeasuredSet.VALIDATION);

  /** At most so many of the most probable classes of each image. */
  public static final int MOST_TOP = PredictedImage.MOST_TOP;

  /** An order of images. */
  public enum Order {
    /** The most probable prediction first, on average over the requested runs. */
    CONFIDENCE,
    /** By path. */
    IMAGE
  }

  public PredictionFilter {
    sets = List.copyOf(sets);
    alsoWrong = List.copyOf(alsoWrong);
  }

  boolean admits(String path, String is, String predictedAs) {
    return image.filter(one -> !one.equals(path)).isEmpty()
        && label.filter(one -> !one.equals(is)).isEmpty()
        && predicted.filter(one -> !one.equals(predictedAs)).isEmpty()
        && right.filter(wanted -> wanted != is.equals(predictedAs)).isEmpty();
  }
}
