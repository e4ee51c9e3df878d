package org.bagnetlab.server.results.importance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.sweep.SweepOutcomes;

/**
 * Which settings matter for the trainings of a sweep.
 *
 * @param fewest number of different configurations that are needed
 * @param leastP the smallest p-value that is possible
 * @param afterEpochs the epochs after which trainings were compared, if they reached them; absent
 *     if each has the accuracy of the epoch that it kept
 * @param datasets trainings that can be compared: on one data set, and either all from runs or none
 */
public record SweepImportance(
    int fewest, double leastP, Optional<Integer> afterEpochs, List<DatasetImportance> datasets) {

  private record Comparison(String dataset, boolean fromRun) {
    static Comparison of(TrainSpec training) {
      return new Comparison(training.dataset(), training.subject().isPresent());
    }
  }

  /** Fits forests to the outcomes of a sweep. Takes seconds; equal outcomes give equal numbers. */
  public static SweepImportance of(SweepOutcomes outcomes) {
    Map<Comparison, List<SweepOutcomes.Outcome>> byComparison =
        outcomes.trainings().stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> Comparison.of(outcome.spec()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return new SweepImportance(
        DatasetImportance.FEWEST,
        DatasetImportance.LEAST_P,
        outcomes.afterEpochs(),
        byComparison.entrySet().stream()
            .map(
                each ->
                    DatasetImportance.of(
                        each.getKey().dataset(),
                        each.getKey().fromRun(),
                        each.getValue(),
                        outcomes.sampled()))
            .toList());
  }
}
