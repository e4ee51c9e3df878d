package org.bagnetlab.queue.sweep;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The median stopping rule (D. Golovin et al., <i>Google Vizier: a service for black-box
 * optimization</i>, KDD 2017, section 3.2.2): a trial is stopped after an epoch if its best
 * validation accuracy so far is below the median of what the complete trials had reached on average
 * up to the same epoch.
 *
 * @param afterEpochs number of epochs that each trial has at least
 * @param afterTrials number of complete trials from which on others are stopped
 */
public record MedianStopping(int afterEpochs, int afterTrials) {

  private static final String SECTION = "medianStopping";
  private static final int EPOCHS = 5;
  private static final int TRIALS = 5;
  private static final int MOST_EPOCHS = 1000;

  /**
   * The rule that a sweep requests.
   *
   * @throws InvalidSpec if its settings are invalid
   */
  public static Optional<MedianStopping> of(Fields sweep) {
    return sweep
        .section(SECTION)
        .map(
            section -> {
              Fields fields = section.only(SECTION, Set.of("afterEpochs", "afterTrials"));
              return new MedianStopping(
                  fields.integer("afterEpochs", 1, MOST_EPOCHS).orElse(EPOCHS),
                  fields.integer("afterTrials", 1, SweepSize.MOST_JOBS).orElse(TRIALS));
            });
  }

  /**
   * The median below which a trial stops; empty if there are too few complete trials.
   *
   * @param averages the mean validation accuracy of each complete trial of the same point, over as
   *     many epochs as the trial has
   */
  public Optional<Double> median(List<Double> averages) {
    if (averages.size() < afterTrials) {
      return Optional.empty();
    }
    List<Double> sorted = averages.stream().sorted().toList();
    return Optional.of((sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2);
  }
}
