package org.bagnetlab.experiment.train;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
   * The validation accuracy of the epoch that is kept.
   *
   * @param accuracies validation accuracies of all epochs, the first one first
   * @return empty without epochs
   */
  public Optional<Double> accuracy(List<Double> accuracies) {
    return switch (this) {
      case BEST -> accuracies.stream().max(Comparator.naturalOrder());
      case LAST -> accuracies.reversed().stream().findFirst();
    };
  }

  @Override
  public String label() {
    return label;
  }
}
