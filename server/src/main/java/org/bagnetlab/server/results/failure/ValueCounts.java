package org.bagnetlab.server.results.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterRole;

/**
 * How many jobs of one experiment have which values.
 *
 * @param byParameter numbers of jobs by value, for each parameter except seeds
 */
record ValueCounts(Map<Parameter<?>, Map<JsonNode, Integer>> byParameter) {

  /** Counts the values of jobs of the same experiment. */
  static ValueCounts of(List<JobSpec> specs) {
    Map<Parameter<?>, Map<JsonNode, Integer>> all = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters(specs)) {
      Map<JsonNode, Integer> counts = new HashMap<>();
      for (JobSpec spec : specs) {
        if (spec.settings().covers(parameter)) {
          spec.settings()
              .request(parameter)
              .ifPresent(value -> counts.merge(value, 1, Integer::sum));
        }
      }
      all.put(parameter, counts);
    }
    return new ValueCounts(all);
  }

  private static List<Parameter<?>> parameters(List<JobSpec> specs) {
    return specs.stream()
        .findFirst()
        .flatMap(Experiments::of)
        .map(Experiment::parameters)
        .orElse(List.of())
        .stream()
        .filter(parameter -> parameter.role() != ParameterRole.REPLICATE)
        .toList();
  }

  /** The numbers of jobs by value. */
  Map<JsonNode, Integer> of(Parameter<?> parameter) {
    return byParameter.getOrDefault(parameter, Map.of());
  }

  /** The number of jobs that have any value of a parameter. */
  int sum(Parameter<?> parameter) {
    return of(parameter).values().stream().mapToInt(Integer::intValue).sum();
  }
}
