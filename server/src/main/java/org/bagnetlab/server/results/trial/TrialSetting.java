package org.bagnetlab.server.results.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * A setting in which the trials of a sweep differ.
 *
 * @param name its name in requests
 * @param label its label in forms
 * @param number whether its values are numbers
 * @param choices the values that it can have, in the order shown to users; empty if there are too
 *     many to list
 */
public record TrialSetting(
    String name, String label, Optional<String> unit, boolean number, List<Choice> choices) {

  /** A value that a setting can have, with its display name. */
  public record Choice(String value, String title) {}

  /** Trials on different data sets are not compared, and each starts from a run of its own. */
  private static final Set<Parameter<?>> NOT_COMPARED =
      Set.of(TrainExperiment.DATASET, TrainExperiment.FROM_RUN);

  /** The parameters in which these trainings differ. */
  static List<Parameter<?>> differing(List<TrainSpec> trainings) {
    return TrainExperiment.PARAMETERS.stream()
        .<Parameter<?>>map(parameter -> parameter)
        .filter(parameter -> !NOT_COMPARED.contains(parameter))
        .filter(parameter -> values(trainings, parameter).size() > 1)
        .toList();
  }

  private static Set<Optional<JsonNode>> values(List<TrainSpec> trainings, Parameter<?> parameter) {
    Set<Optional<JsonNode>> values = new HashSet<>();
    trainings.forEach(training -> values.add(training.settings().request(parameter)));
    return values;
  }

  static TrialSetting of(Parameter<?> parameter, Catalogue catalogue) {
    List<Choice> choices = new ArrayList<>();
    for (JsonNode choice : parameter.type().schema(new Values(catalogue)).path("oneOf")) {
      choices.add(new Choice(choice.path("const").asText(), choice.path("title").asText()));
    }
    return new TrialSetting(
        parameter.name(),
        parameter.label(),
        parameter.unit(),
        parameter.type().isNumber(),
        choices);
  }

  /** The values of a trial, by name; without those that it does not have. */
  static Map<String, JsonNode> values(TrainSpec training, List<Parameter<?>> parameters) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Parameter<?> parameter : parameters) {
      training
          .settings()
          .request(parameter)
          .ifPresent(value -> values.put(parameter.name(), value));
    }
    return values;
  }
}
