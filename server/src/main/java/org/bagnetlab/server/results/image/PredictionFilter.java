package org.bagnetlab.server.results.image;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;

/**
 * Selects the predictions of a run that are shown on a page.
 *
 * @param sets the sets of images
 * @param image only the image with this path
 * @param label only images of this class
 * @param predicted only images for which this class is predicted
 * @param right true for only correct predictions, false for only wrong ones
 * @param alsoWrong only images that all of these runs got wrong as well
 * @param order order of the images
 * @param top how many of the most probable classes are listed for each image
 * @param limit maximum number of images
 * @param offset number of images to skip
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

  /**
   * The sets whose predictions can be listed, in the order in which they are listed for a single
   * image.
   */
  public static final List<MeasuredSet> SETS =
      List.of(MeasuredSet.TEST, MeasuredSet.SCRAMBLED, MeasuredSet.VALIDATION);

  /** Maximum number of most probable classes that can be listed for each image. */
  public static final int MOST_TOP = PredictedImage.MOST_TOP;

  /** An order of images. */
  public enum Order {
    /**
     * By the probability of the prediction, averaged over the requested runs, the highest first.
     */
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
