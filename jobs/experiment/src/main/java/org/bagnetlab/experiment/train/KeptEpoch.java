package org.bagnetlab.experiment.train;

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

  /** What belongs to the epoch that is kept, of what belongs to the best and to the last epoch. */
  public <T> T of(T best, T last) {
    return switch (this) {
      case BEST -> best;
      case LAST -> last;
    };
  }

  @Override
  public String label() {
    return label;
  }
}
