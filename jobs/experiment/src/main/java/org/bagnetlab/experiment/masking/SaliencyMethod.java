package org.bagnetlab.experiment.masking;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.OutputReading;

/** The methods that rank an image's tiles by importance for a class. */
public enum SaliencyMethod {
  /** The logit of the patch centred at each pixel: only for bags of local features. */
  HEATMAP,
  /** The magnitude of the gradient of the class's logit, summed over channels. */
  GRADIENT,
  /** The gradient times the image, summed over channels. */
  GRADIENT_TIMES_INPUT,
  /** Grad-CAM at the last feature map. */
  GRAD_CAM,
  /** A random order, as a baseline for the other methods. */
  RANDOM;

  /** The method that orders the tiles. */
  public static final Axis AXIS = Axis.of("saliency", "Saliency map");

  private static final String BETTER = "These orders find tiles that the network uses";
  private static final String WORSE = "These orders are worse than a random one";

  /** How numbers are read of images whose tiles are masked in the order of each map. */
  public static final OutputReading MASKING =
      lowering(
          "The tiles are masked in the order of each map. A map that knows which tiles the network uses lowers the curve more than a random order does. Compare maps of one network, not networks.");

  /** Distance in pixels between the patches of a heatmap. */
  public static final int HEATMAP_STRIDE = 4;

  /** How numbers are read that are the smaller, the better a map orders the tiles. */
  public static OutputReading lowering(String how) {
    return new OutputReading.FromPosition(how, AXIS, RANDOM.text(), WORSE, BETTER);
  }

  /** How numbers are read that are the larger, the better a map orders the tiles. */
  public static OutputReading raising(String how) {
    return new OutputReading.FromPosition(how, AXIS, RANDOM.text(), BETTER, WORSE);
  }

  /** Its name in results. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The methods available for a network.
   *
   * @param local whether it is a bag of local features
   */
  public static List<SaliencyMethod> of(boolean local) {
    return Stream.of(values()).filter(method -> local || method != HEATMAP).toList();
  }

  /** The methods available for the network of a workload. */
  public static List<SaliencyMethod> of(Workload workload) {
    return of(workload.heatmap(HEATMAP_STRIDE) > 0);
  }

  /** The number of forward passes for all maps of an image. */
  public static double cost(Workload workload) {
    return of(workload).stream().mapToDouble(method -> method.passes(workload)).sum();
  }

  /** The number of forward passes for this method's map of an image. */
  public double passes(Workload workload) {
    return switch (this) {
      case HEATMAP -> workload.heatmap(HEATMAP_STRIDE);
      case GRADIENT, GRADIENT_TIMES_INPUT -> Workload.TRAINING_COST;
      case GRAD_CAM -> 1;
      case RANDOM -> 0;
    };
  }
}
