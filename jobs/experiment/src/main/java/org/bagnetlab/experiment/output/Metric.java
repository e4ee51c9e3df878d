package org.bagnetlab.experiment.output;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a number measures.
 *
 * @param name stable name
 * @param label display label
 * @param unit unit of its values
 * @param better whether higher or lower values are better
 * @param countsImages whether it is the share of images with some property. The number of images is
 *     stored with each value, so that its interval over images can be computed
 */
public record Metric(String name, String label, Unit unit, Better better, boolean countsImages) {

  /** A metric of which neither higher nor lower values are better. */
  public static Metric of(String name, String label, Unit unit) {
    return new Metric(name, label, unit, Better.NEITHER);
  }

  /** A metric that is not a share of images. */
  public Metric(String name, String label, Unit unit, Better better) {
    this(name, label, unit, better, false);
  }

  /**
   * The share of images with some property, which each image either has or lacks. A mean of a share
   * per image is not such a metric.
   */
  public static Metric shareOfImages(String name, String label, Better better) {
    return new Metric(name, label, Unit.SHARE, better, true);
  }

  /** The unit of a metric. */
  public enum Unit {
    /** A part of a whole. */
    @JsonProperty("share")
    SHARE(0, 1),
    /** No unit: a correlation coefficient. */
    @JsonProperty("correlation")
    CORRELATION(-1, 1),
    /** The unit of cross-entropy with the natural logarithm. */
    @JsonProperty("nats")
    NATS(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** No unit. */
    @JsonProperty("1")
    NONE(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** A count. */
    @JsonProperty("count")
    COUNT(0, Double.POSITIVE_INFINITY),
    /** A length, in pixels. */
    @JsonProperty("px")
    PIXELS(0, Double.POSITIVE_INFINITY);

    private final double lowest;
    private final double highest;

    Unit(double lowest, double highest) {
      this.lowest = lowest;
      this.highest = highest;
    }

    /** The lowest possible value. */
    public double lowest() {
      return lowest;
    }

    /** The highest possible value. */
    public double highest() {
      return highest;
    }
  }

  /** Whether higher or lower values are better. */
  public enum Better {
    @JsonProperty("higher")
    HIGHER,
    @JsonProperty("lower")
    LOWER,
    /** Neither higher nor lower values are better. */
    @JsonProperty("neither")
    NEITHER
  }

  /** Share of images whose largest logit is that of their class. */
  public static final Metric ACCURACY = shareOfImages("accuracy", "Accuracy", Better.HIGHER);

  /** Mean cross-entropy. */
  public static final Metric LOSS = new Metric("loss", "Loss", Unit.NATS, Better.LOWER);

  /** The optimiser's step size. */
  public static final Metric LEARNING_RATE = of("learning-rate", "Learning rate", Unit.NONE);

  /** Of the images that were classified as a class, the share that belongs to it. */
  public static final Metric PRECISION = shareOfImages("precision", "Precision", Better.HIGHER);

  /** Of a class's images, the share that was recognised. */
  public static final Metric RECALL = shareOfImages("recall", "Recall", Better.HIGHER);

  /** Harmonic mean of precision and recall. */
  public static final Metric F1 = new Metric("f1", "F1", Unit.SHARE, Better.HIGHER);

  /** Mean precision over the classes that have images. */
  public static final Metric MACRO_PRECISION =
      new Metric("macro-precision", "Macro precision", Unit.SHARE, Better.HIGHER);

  /** Mean recall over the classes that have images. */
  public static final Metric MACRO_RECALL =
      new Metric("macro-recall", "Macro recall", Unit.SHARE, Better.HIGHER);

  /** Mean F1 over the classes that have images. */
  public static final Metric MACRO_F1 =
      new Metric("macro-f1", "Macro F1", Unit.SHARE, Better.HIGHER);

  /** Share of images for which two predictions name the same class. */
  public static final Metric AGREEMENT = shareOfImages("agreement", "Agreement", Better.NEITHER);

  /** The probability that a network gives the class that it predicts. */
  public static final Metric CONFIDENCE = of("confidence", "Confidence", Unit.SHARE);

  /** How far confidences differ from the share of images that are recognised. */
  public static final Metric CALIBRATION_ERROR =
      new Metric("calibration-error", "Calibration error", Unit.SHARE, Better.LOWER);

  /** Squared distance of the probabilities from the one-hot vector of the class, in [0, 2]. */
  public static final Metric BRIER_SCORE =
      new Metric("brier-score", "Brier score", Unit.NONE, Better.LOWER);

  /** The class's logit of a patch. */
  public static final Metric LOGIT = of("logit", "Logit", Unit.NONE);

  /**
   * Sparseness: how much the magnitude of several values is concentrated in a few of them. It is 0
   * if all values are equally large, and 1 if only one of them is not 0 (Hoyer, Non-negative matrix
   * factorization with sparseness constraints, 2004).
   */
  public static final Metric SPARSENESS = of("sparseness", "Sparseness", Unit.NONE);

  /** Number of images. */
  public static final Metric IMAGES = of("images", "Images", Unit.COUNT);
}
