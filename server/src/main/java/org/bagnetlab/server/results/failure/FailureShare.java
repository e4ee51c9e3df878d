package org.bagnetlab.server.results.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterRole;

/**
 * How many jobs with a value of a parameter failed for a cause: 11 of 12 with batch size 512. It
 * describes the jobs of this lab and tests nothing: settings that were varied together have the
 * same numbers.
 *
 * @param parameter name of the parameter
 * @param label its label
 * @param value the value as in a request
 * @param failed number of jobs with the value that failed for the cause
 * @param of number of jobs with the value that ended, for whatever cause or with success
 */
public record FailureShare(String parameter, String label, JsonNode value, int failed, int of) {

  /** Fewest failures that are a pattern. */
  private static final int FEWEST = 2;

  /** Smallest share of failures that is worth a warning. */
  private static final double SMALLEST = 0.5;

  /** How much more often jobs with the value must fail than jobs with other values. */
  private static final double MORE_OFTEN = 2;

  /** Maximum number of values. */
  private static final int MOST = 3;

  private double share() {
    return (double) failed / of;
  }

  /**
   * The values with which at least half of the jobs failed, and at least twice as often as jobs
   * with other values.
   *
   * @param failed the jobs that failed for the cause
   * @param ended all jobs of the same experiment that ended, with these
   */
  static List<FailureShare> of(List<JobSpec> failed, List<JobSpec> ended) {
    List<FailureShare> found = new ArrayList<>();
    for (Parameter<?> parameter : parameters(failed.getFirst())) {
      Map<JsonNode, Integer> those = counts(failed, parameter);
      Map<JsonNode, Integer> all = counts(ended, parameter);
      those.forEach(
          (value, number) -> {
            FailureShare share =
                new FailureShare(
                    parameter.name(),
                    parameter.label(),
                    value,
                    number,
                    all.getOrDefault(value, number));
            FailureShare others =
                new FailureShare(
                    parameter.name(),
                    parameter.label(),
                    value,
                    sum(those.values()) - number,
                    sum(all.values()) - share.of());
            if (share.stands(others)) {
              found.add(share);
            }
          });
    }
    found.sort(
        Comparator.comparingDouble(FailureShare::share)
            .thenComparingInt(FailureShare::failed)
            .reversed());
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  /** Whether it is worth telling, compared with jobs that have other values. */
  private boolean stands(FailureShare others) {
    return failed >= FEWEST
        && share() >= SMALLEST
        && others.of() > 0
        && share() >= MORE_OFTEN * others.share();
  }

  /** The parameters other than seeds. */
  private static List<Parameter<?>> parameters(JobSpec spec) {
    return Experiments.of(spec).map(Experiment::parameters).orElse(List.of()).stream()
        .filter(parameter -> parameter.role() != ParameterRole.REPLICATE)
        .toList();
  }

  private static Map<JsonNode, Integer> counts(List<JobSpec> specs, Parameter<?> parameter) {
    Map<JsonNode, Integer> counts = new HashMap<>();
    for (JobSpec spec : specs) {
      value(spec, parameter).ifPresent(value -> counts.merge(value, 1, Integer::sum));
    }
    return counts;
  }

  private static Optional<JsonNode> value(JobSpec spec, Parameter<?> parameter) {
    return spec.settings().covers(parameter)
        ? spec.settings().request(parameter)
        : Optional.empty();
  }

  private static int sum(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
