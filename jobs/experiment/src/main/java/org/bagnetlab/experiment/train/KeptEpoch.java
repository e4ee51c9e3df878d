package org.bagnetlab.experiment.train;

import java.util.Collections;
import java.util.List;
import org.bagnetlab.experiment.parameter.Labelled;

/** The epoch whose network is kept and measured. */
public enum KeptEpoch implements Labelled {
  /** The one with the highest validation accuracy; of several, the last. */
  BEST("best: highest validation accuracy"),
  /**
   * The last one. With few validation images, the best epoch is partly a matter of chance, and a
   * schedule that ends at zero makes the last epoch a good one.
   */
  LAST("last");

  private final String label;

  KeptEpoch(String label) {
    this.label = label;
  }

  /**
   * The accuracy of the epoch that is kept.
   *
   * @param accuracies the validation accuracies of all epochs, at least one, in order
   */
  public double accuracy(List<Double> accuracies) {
    return this == BEST ? Collections.max(accuracies) : accuracies.getLast();
  }

  @Override
  public String label() {
    return label;
  }
}
