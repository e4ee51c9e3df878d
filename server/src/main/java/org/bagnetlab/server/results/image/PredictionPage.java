package org.bagnetlab.server.results.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;

/**
 * A page of the predictions of a run, one for each image.
 *
 * @param run the training or the evaluation
 * @param dataset the data set of the images
 * @param pictured whether the data set still contains the images that the run was measured on
 * @param classes names of the classes, in the order of their indices
 * @param images number of images in the sets that all runs were measured on
 * @param wrong number of these images that all runs got wrong
 * @param confusions confusions of classes among these images, the most frequent first
 * @param total number of predictions on all pages
 * @param predictions the predictions of this page
 */
public record PredictionPage(
    long run,
    String dataset,
    boolean pictured,
    List<String> classes,
    int images,
    int wrong,
    List<Confusion> confusions,
    int total,
    List<ImagePrediction> predictions) {

  /** Images of one class that are predicted as another class. */
  public record Confusion(@JsonProperty("class") String label, String predicted, int images) {}

  /** A class with its probability. */
  public record Probable(@JsonProperty("class") String label, double probability) {}

  /** Another run's prediction for the same image. */
  public record Other(long run, String predicted, Optional<Double> probability) {}

  /**
   * The prediction for an image.
   *
   * @param image path of the image
   * @param label class of the image
   * @param predicted the predicted class
   * @param probability probability of the predicted class; absent if logits were not stored, or if
   *     the network diverged
   * @param classProbability probability of the image's class
   * @param top the most probable classes
   * @param others the predictions of the other runs
   */
  public record ImagePrediction(
      String image,
      MeasuredSet set,
      @JsonProperty("class") String label,
      String predicted,
      boolean right,
      Optional<Double> probability,
      Optional<Double> classProbability,
      List<Probable> top,
      List<Other> others) {}
}
