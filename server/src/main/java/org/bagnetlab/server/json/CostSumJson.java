package org.bagnetlab.server.json;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.storage.cost.JobCostRow;

/**
 * What several jobs cost together, as shown by the API.
 *
 * @param jobs number of jobs that have run at all
 * @param deviceSeconds time for which their workers occupied devices
 * @param processorSeconds processor time of their workers; absent if none is known
 * @param peakMemoryBytes the largest peak of a worker's memory
 * @param peakDeviceMemoryBytes the largest peak of a worker's memory on a GPU
 * @param joules energy of their devices; absent if none is known
 * @param jobsWithEnergy number of jobs whose energy is known
 */
public record CostSumJson(
    int jobs,
    double deviceSeconds,
    Optional<Double> processorSeconds,
    Optional<Long> peakMemoryBytes,
    Optional<Long> peakDeviceMemoryBytes,
    Optional<Double> joules,
    int jobsWithEnergy) {

  /** The sum of the costs of these jobs. */
  public static CostSumJson of(List<JobCostRow> costs) {
    return new CostSumJson(
        costs.size(),
        costs.stream().mapToDouble(JobCostRow::deviceSeconds).sum(),
        sum(costs, JobCostRow::processorSeconds),
        most(costs, JobCostRow::peakMemory),
        most(costs, JobCostRow::peakDeviceMemory),
        sum(costs, JobCostRow::joules),
        (int) costs.stream().filter(cost -> cost.joules().isPresent()).count());
  }

  private static Optional<Double> sum(
      List<JobCostRow> costs, Function<JobCostRow, Optional<Double>> value) {
    return costs.stream().flatMap(cost -> value.apply(cost).stream()).reduce(Double::sum);
  }

  private static Optional<Long> most(
      List<JobCostRow> costs, Function<JobCostRow, Optional<Long>> value) {
    return costs.stream().flatMap(cost -> value.apply(cost).stream()).reduce(Math::max);
  }
}
