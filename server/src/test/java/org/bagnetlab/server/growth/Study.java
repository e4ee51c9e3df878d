package org.bagnetlab.server.growth;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.dataset.generated.Controlled15;

/**
 * A study as a lab would make it that never stops: the networks of Table 1 at four image sizes,
 * three widths and four learning rates by all recipes, from scratch and from imported weights, with
 * five runs each. Some seeds run twice.
 */
final class Study {

  private static final List<String> NETWORKS =
      List.of(
          "bagnet9",
          "resnet50",
          "bagnet17",
          "densenet121",
          "bagnet33",
          "densenet169",
          "cbam_resnet50");
  private static final List<Integer> SIZES = List.of(64, 96, 128, 224);
  private static final List<Double> WIDTHS = List.of(.25, .5, 1.);
  private static final List<Double> RATES = List.of(1., .5, .25, 2.);
  private static final int RUNS = 5;

  private Study() {}

  /** The training of this place in the study, from 0. */
  static TrainSpec training(int place) {
    Digits digits = new Digits(place / RUNS);
    String network = digits.next(NETWORKS);
    int size = digits.next(SIZES);
    double width = digits.next(WIDTHS);
    Recipe recipe = digits.next(List.of(Recipe.values()));
    boolean scratch = digits.next(List.of(true, false));
    double rate = digits.next(RATES) * recipe.learningRate();
    return new TrainSpec(
        TrainSpec.of(network, Controlled15.NAME, recipe)
            .with(TrainExperiment.IMAGE_SIZE, size)
            .with(TrainExperiment.WIDTH, width)
            .with(TrainExperiment.LEARNING_RATE, rate)
            .with(TrainExperiment.SEED, (long) seed(place))
            .with(TrainExperiment.HEATMAP_STRIDE, 8)
            .settings()
            .with(
                TrainExperiment.WEIGHTS,
                scratch ? Optional.empty() : Optional.of(weights(network))));
  }

  private static int seed(int place) {
    int run = place % RUNS;
    boolean again = run == RUNS - 1 && place / RUNS % 4 == 0;
    return again ? 1 : run + 1;
  }

  private static StartingWeights weights(String network) {
    return new StartingWeights("imagenet-" + network, "5eed".repeat(16), "pretrained");
  }

  /** The digits of a number, the lowest first, in a base that changes from place to place. */
  private static final class Digits {
    private int rest;

    Digits(int number) {
      this.rest = number;
    }

    <T> T next(List<T> values) {
      T value = values.get(rest % values.size());
      rest /= values.size();
      return value;
    }
  }
}
