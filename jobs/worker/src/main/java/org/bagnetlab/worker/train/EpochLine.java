package org.bagnetlab.worker.train;

import java.util.Locale;
import org.bagnetlab.vision.training.EpochSummary;

/** Formats an epoch as a line of the job's log. */
final class EpochLine {

  private EpochLine() {}

  /** Losses in nats, accuracies in percent. */
  static String of(EpochSummary epoch, int epochs) {
    return String.format(
        Locale.ROOT,
        "Epoch %d of %d, %.1f s: training loss %.4f, accuracy %.1f %%; validation loss %.4f, accuracy %.1f %%; learning rate %.3g%s",
        epoch.epoch(),
        epochs,
        epoch.seconds(),
        epoch.trainLoss(),
        100 * epoch.trainAccuracy(),
        epoch.validationLoss(),
        100 * epoch.validationAccuracy(),
        epoch.learningRate(),
        epoch.best() ? "; best so far" : "");
  }
}
