package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.MeasuredRunRow;
import org.bagnetlab.storage.MeasurementRow;

/**
 * The runs that differ in nothing but their seed.
 *
 * @param spec what they have in common; its seed means nothing
 * @param runs the runs, the oldest first
 */
record Configuration(JobSpec.Train spec, List<MeasuredRunRow> runs) {

  /** All networks here start from random weights. */
  static final String REGIME = "from scratch";

  /** Groups runs, in the order of Table 1, then by image size and width. */
  static List<Configuration> group(List<MeasuredRunRow> runs, Published published) {
    Map<JobSpec.Train, List<MeasuredRunRow>> groups = new LinkedHashMap<>();
    for (MeasuredRunRow run : runs) {
      groups.computeIfAbsent(withoutSeed(spec(run)), any -> new ArrayList<>()).add(run);
    }
    return groups.entrySet().stream()
        .map(group -> new Configuration(group.getKey(), List.copyOf(group.getValue())))
        .sorted(
            Comparator.<Configuration>comparingInt(
                    group -> published.place(group.spec().architecture()))
                .thenComparing(group -> group.spec().architecture())
                .thenComparing(group -> group.spec().dataset())
                .thenComparing(group -> group.spec().imageSize())
                .thenComparing(group -> group.spec().width()))
        .toList();
  }

  static JobSpec.Train spec(MeasuredRunRow run) {
    try {
      return (JobSpec.Train) Json.MAPPER.readValue(run.spec(), JobSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the specification of run " + run.job() + " broke", e);
    }
  }

  private static JobSpec.Train withoutSeed(JobSpec.Train spec) {
    return new JobSpec.Train(
        spec.architecture(),
        spec.dataset(),
        spec.imageSize(),
        spec.width(),
        spec.recipe(),
        spec.epochs(),
        spec.batchSize(),
        spec.learningRate(),
        0,
        spec.heatmapStride());
  }

  /** The accuracy on a set of images, over the runs that measured it. */
  Optional<Measured> measured(String set) {
    return Measured.of(
        runs.stream()
            .flatMap(
                run -> Optional.<MeasurementRow>ofNullable(run.measurements().get(set)).stream())
            .toList());
  }

  /** The runs' numbers. */
  List<Long> numbers() {
    return runs.stream().map(MeasuredRunRow::job).toList();
  }
}
