package org.bagnetlab.queue.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import org.bagnetlab.protocol.JobSpec;

/** Says what a job is in one line for people. */
final class JobTitle {

  private static final MathContext DIGITS = new MathContext(6);

  private JobTitle() {}

  static String of(JobSpec spec, Catalogue catalogue) {
    if (spec instanceof JobSpec.Train train) {
      return "%s on %s, %d px, width %s, seed %d%s%s"
          .formatted(
              catalogue.label(train.architecture()),
              train.dataset(),
              train.imageSize(),
              number(train.width()),
              train.seed(),
              unusual(train),
              train.weights().map(weights -> ", from " + weights.name()).orElse(""));
    }
    if (spec instanceof JobSpec.Evaluate evaluate) {
      return "Evaluation of run %d, scrambled with seed %d"
          .formatted(evaluate.run(), evaluate.scrambleSeed());
    }
    JobSpec.Heatmap heatmap = (JobSpec.Heatmap) spec;
    return "Heatmap of run %d, %s%s"
        .formatted(
            heatmap.run(),
            heatmap.image().orElse("first test image"),
            heatmap.stride() == 1 ? "" : ", stride " + heatmap.stride());
  }

  /** What differs from the recipe and tells trials of a search apart. */
  private static String unusual(JobSpec.Train train) {
    String rate =
        train.learningRate() == train.recipe().learningRate()
            ? ""
            : ", rate " + number(train.learningRate());
    String batch =
        train.batchSize() == train.recipe().batchSize() ? "" : ", batches of " + train.batchSize();
    return rate + batch;
  }

  /** As many digits as tell two learning rates apart, however small. */
  static String number(double value) {
    return new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString();
  }
}
