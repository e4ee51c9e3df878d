package org.bagnetlab.server.importance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.queue.sweep.SweepOutcomes;

/**
 * Which settings matter for the trainings of a sweep.
 *
 * @param fewest number of trainings on a data set that are needed
 * @param afterEpochs the epochs after which all trainings were compared; absent if each has the
 *     accuracy of the epoch that it kept
 * @param datasets one for each data set on which the sweep's networks were trained
 */
public record SweepImportance(
    int fewest, Optional<Integer> afterEpochs, List<DatasetImportance> datasets) {

  /** Fits forests to the outcomes of a sweep. Takes seconds; equal outcomes give equal numbers. */
  static SweepImportance of(SweepOutcomes outcomes) {
    Map<String, List<SweepOutcomes.Outcome>> byDataset =
        outcomes.trainings().stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.spec().dataset(), LinkedHashMap::new, Collectors.toList()));
    return new SweepImportance(
        DatasetImportance.FEWEST,
        outcomes.afterEpochs(),
        byDataset.entrySet().stream()
            .map(each -> DatasetImportance.of(each.getKey(), each.getValue()))
            .toList());
  }
}
