package org.bagnetlab.vision.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.architecture.WidthFactor;

/**
 * A network with the number of classes and the width determined from a checkpoint's tensors.
 *
 * @param width factor for the channel counts; several factors may give the same network
 * @param architecture the network of that width, for images of any size
 */
record FittedArchitecture(double width, Architecture architecture) {

  /** An image size that is large enough for all networks; tensors do not depend on it. */
  static final int IMAGE_SIZE = 224;

  private static final int MOST_DECIMALS = 4;

  /** The network with a known width. */
  static FittedArchitecture ofWidth(NamedTensors tensors, Blueprint blueprint, double width) {
    int classes = tensors.size(classifier(blueprint), 0).filter(n -> n >= 2).orElse(2);
    return new FittedArchitecture(width, blueprint.build(classes, width, IMAGE_SIZE));
  }

  /**
   * The network with the width that matches the shapes of the most tensors; width 1 if no shape
   * matches.
   */
  static FittedArchitecture find(NamedTensors tensors, Blueprint blueprint) {
    FittedArchitecture best = ofWidth(tensors, blueprint, 1);
    long most = tensors.fitting(best.architecture());
    for (double width : candidates(tensors, best.architecture())) {
      FittedArchitecture fitted = ofWidth(tensors, blueprint, width);
      long fitting = tensors.fitting(fitted.architecture());
      if (fitting > most) {
        best = fitted;
        most = fitting;
      }
    }
    return best;
  }

  private static String classifier(Blueprint blueprint) {
    return blueprint.build(2, 1, IMAGE_SIZE).classifier().name() + ".weight";
  }

  /**
   * Possible widths in order of preference: the width derived from the stem's channel count, then
   * short decimal numbers that give the channel count of the last feature map, then the exact ratio
   * of that count.
   *
   * @param whole the network at width 1
   */
  private static List<Double> candidates(NamedTensors tensors, Architecture whole) {
    List<Double> candidates = new ArrayList<>();
    String stem = whole.tensors().get(0).name();
    tensors.size(stem, 0).ifPresent(n -> candidates.add(ratio(n, whole, stem, 0)));
    String classifier = whole.classifier().name() + ".weight";
    Optional<Integer> features = tensors.size(classifier, 1);
    if (features.isPresent()) {
      double lowest = ratio(features.get(), whole, classifier, 1);
      for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
        double unit = Math.pow(10, decimals);
        candidates.add(Math.ceil(lowest * unit) / unit);
      }
      candidates.add(lowest);
    }
    candidates.removeIf(width -> !WidthFactor.possible(width));
    return candidates;
  }

  private static double ratio(int channels, Architecture whole, String tensor, int dimension) {
    return whole.tensors().stream()
        .filter(each -> each.name().equals(tensor))
        .mapToDouble(each -> (double) channels / each.shape().get(dimension))
        .findFirst()
        .orElseThrow();
  }
}
