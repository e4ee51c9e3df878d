package org.bagnetlab.server.results.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterRole;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * Which jobs of one experiment have which values.
 *
 * @param byParameter the settings of the jobs by value, for each parameter except seeds
 */
record JobsByValue(Map<Parameter<?>, Map<JsonNode, List<Settings>>> byParameter) {

  /** Groups jobs of the same experiment. */
  static JobsByValue of(List<JobSpec> specs) {
    Map<Parameter<?>, Map<JsonNode, List<Settings>>> all = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters(specs)) {
      Map<JsonNode, List<Settings>> jobs = new HashMap<>();
      for (JobSpec spec : specs) {
        Settings settings = spec.settings();
        if (settings.covers(parameter)) {
          settings
              .request(parameter)
              .ifPresent(
                  value -> jobs.computeIfAbsent(value, _ -> new ArrayList<>()).add(settings));
        }
      }
      all.put(parameter, jobs);
    }
    return new JobsByValue(all);
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

  /** The jobs by value. */
  Map<JsonNode, List<Settings>> of(Parameter<?> parameter) {
    return byParameter.getOrDefault(parameter, Map.of());
  }

  /** The jobs that have a value. */
  List<Settings> with(Parameter<?> parameter, JsonNode value) {
    return of(parameter).getOrDefault(value, List.of());
  }

  /** The number of jobs that have any value of a parameter. */
  int sum(Parameter<?> parameter) {
    return of(parameter).values().stream().mapToInt(List::size).sum();
  }

  /** Whether the jobs differ in a parameter. */
  boolean differIn(Parameter<?> parameter) {
    return of(parameter).size() > 1;
  }
}
