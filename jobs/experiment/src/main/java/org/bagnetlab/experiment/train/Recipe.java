package org.bagnetlab.experiment.train;

import java.util.Map;
import java.util.Set;
import org.bagnetlab.experiment.parameter.Labelled;

/** A named set of values of parameters, used where a request has none. */
@SuppressWarnings("ImmutableEnumChecker") // records of numbers, and a map created by Map.of
public enum Recipe implements Labelled {
  /** For a CPU and small images, from scratch: Adam, short warm-up, then constant, then to zero. */
  QUICK(
      "quick: small images, from scratch",
      new Budget(6, 16, 64, 0.25),
      new Optimisation(
          OptimiserName.ADAM,
          new Rate(4e-3, ScheduleName.TRAPEZOID, 0.05),
          0,
          0,
          0,
          KeptEpoch.BEST),
      Regularisation.NONE),

  /**
   * The report's recipe: Adam without weight decay. At every third epoch without improvement,
   * counted since the last halving, the learning rate is halved and Adam's state is discarded. The
   * training stops after more than 15 epochs without improvement in a row. Meant for pretrained
   * weights.
   */
  REPORT(
      "report: as published, for pretrained weights",
      new Budget(40, 4, 224, 1),
      new Optimisation(
          OptimiserName.ADAM, new Rate(4e-5, ScheduleName.REPORT, 0), 0, 0, 15, KeptEpoch.BEST),
      Regularisation.NONE),

  /** Stochastic gradient descent with momentum 0.9, on the schedule of {@link #QUICK}. */
  SGD(
      "sgd: like quick, with SGD and momentum",
      new Budget(6, 16, 64, 0.25),
      new Optimisation(
          OptimiserName.SGD, new Rate(0.05, ScheduleName.TRAPEZOID, 0.05), 0, 0, 0, KeptEpoch.BEST),
      Regularisation.NONE),

  /**
   * For small data sets from scratch: longer, with augmentation, and with much weight decay, which
   * AdamW multiplies by the learning rate. Decay, rate and erasing were chosen on validation images
   * of the 15-scene data set: docs/results/recipe.md.
   */
  AUGMENTED(
      "augmented: small data sets, from scratch",
      new Budget(60, 16, 64, 0.25),
      new Optimisation(
          OptimiserName.ADAMW,
          new Rate(2e-3, ScheduleName.COSINE, 0.05),
          1,
          0.99,
          0,
          KeptEpoch.LAST),
      Regularisation.FOR_FEW_IMAGES),

  /** For a network that has learnt other images: less weight decay and fewer epochs. */
  FINETUNE(
      "finetune: from a trained network",
      new Budget(30, 16, 64, 0.25),
      new Optimisation(
          OptimiserName.ADAMW,
          new Rate(2e-3, ScheduleName.COSINE, 0.1),
          0.1,
          0.99,
          0,
          KeptEpoch.LAST),
      Regularisation.FOR_FEW_IMAGES);

  private final String label;
  private final Budget budget;
  private final Optimisation optimisation;
  private final Regularisation regularisation;

  /** The amount of computation. */
  private record Budget(int epochs, int batchSize, int imageSize, double width) {}

  /** The learning rate of each step. */
  private record Rate(double largest, ScheduleName schedule, double warmup) {}

  /** How gradients change the weights. */
  private record Optimisation(
      OptimiserName optimiser,
      Rate rate,
      double weightDecay,
      double ema,
      int patience,
      KeptEpoch keep) {}

  /**
   * What the images and their classes are changed to.
   *
   * @param augmentations strengths by parameter; others are 0
   */
  private record Regularisation(double labelSmoothing, Map<String, Double> augmentations) {
    static final Regularisation NONE = new Regularisation(0, Map.of());

    static final Regularisation FOR_FEW_IMAGES =
        new Regularisation(
            0.1,
            Map.of("flip", 0.5, "crop", 0.6, "brightness", 0.1, "contrast", 0.1, "erasing", 0.25));
  }

  Recipe(String label, Budget budget, Optimisation optimisation, Regularisation regularisation) {
    this.label = label;
    this.budget = budget;
    this.optimisation = optimisation;
    this.regularisation = regularisation;
  }

  @Override
  public String label() {
    return label;
  }

  /** Maximum number of epochs. */
  public int epochs() {
    return budget.epochs;
  }

  /** Images per step. */
  public int batchSize() {
    return budget.batchSize;
  }

  /** Side of the input in pixels. */
  public int imageSize() {
    return budget.imageSize;
  }

  /** Factor on the channel counts, if neither a request nor its weights name one. */
  public double width() {
    return budget.width;
  }

  /** Learning rate at the start of the schedule. */
  public double learningRate() {
    return optimisation.rate.largest;
  }

  OptimiserName optimiser() {
    return optimisation.optimiser;
  }

  double weightDecay() {
    return optimisation.weightDecay;
  }

  ScheduleName schedule() {
    return optimisation.rate.schedule;
  }

  double warmup() {
    return optimisation.rate.warmup;
  }

  double ema() {
    return optimisation.ema;
  }

  int patience() {
    return optimisation.patience;
  }

  KeptEpoch keep() {
    return optimisation.keep;
  }

  double labelSmoothing() {
    return regularisation.labelSmoothing;
  }

  /** The strength of an augmentation, by the name of its parameter. */
  double augmentation(String parameter) {
    return regularisation.augmentations.getOrDefault(parameter, 0.0);
  }

  /** The names of the parameters of its augmentations. */
  Set<String> augmentations() {
    return regularisation.augmentations.keySet();
  }

  /**
   * Whether its trainings were once stored without parameters that were added later. Those that
   * equal the recipe's values are still not stored with them.
   */
  boolean predatesLaterParameters() {
    return switch (this) {
      case QUICK, REPORT, SGD -> true;
      case AUGMENTED, FINETUNE -> false;
    };
  }
}
