package org.bagnetlab.server.importance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterRole;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;

/**
 * A setting in which trainings differ, as numbers: a single one if its values are numbers, else one
 * for each value, which is 1 for the trainings that have the value and 0 for the others. Splits of
 * a tree depend only on the order of numbers, so that logarithms would change nothing.
 *
 * @param name its name in requests
 * @param label its label in forms
 * @param values number of different values
 * @param columns its numbers: one list for each training
 */
record SettingColumns(String name, String label, int values, List<double[]> columns) {

  /**
   * Not settings of their own: results on different data sets are kept apart, and each run that
   * trainings start from is another one.
   */
  private static final Set<Parameter<?>> APART =
      Set.of(TrainExperiment.DATASET, TrainExperiment.FROM_RUN);

  /**
   * The settings in which these trainings differ. Settings that no result depends on are left out.
   */
  static List<SettingColumns> differing(List<TrainSpec> trainings) {
    List<SettingColumns> settings = new ArrayList<>();
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      if (parameter.role() != ParameterRole.INCIDENTAL && !APART.contains(parameter)) {
        List<Optional<JsonNode>> values =
            trainings.stream().map(spec -> spec.settings().request(parameter)).toList();
        SequencedSet<Optional<JsonNode>> different = new LinkedHashSet<>(values);
        if (different.size() > 1) {
          settings.add(
              new SettingColumns(
                  parameter.name(),
                  parameter.label(),
                  different.size(),
                  isNumber(parameter) ? numbers(values) : indicators(values, different)));
        }
      }
    }
    return settings;
  }

  /** Seeds are numbers without an order. */
  private static boolean isNumber(Parameter<?> parameter) {
    return parameter.type().isNumber() && parameter.role() != ParameterRole.REPLICATE;
  }

  /** No value is smaller than any. */
  private static List<double[]> numbers(List<Optional<JsonNode>> values) {
    double least =
        values.stream()
            .flatMap(Optional::stream)
            .mapToDouble(JsonNode::doubleValue)
            .min()
            .orElse(0);
    return values.stream()
        .map(value -> new double[] {value.map(JsonNode::doubleValue).orElse(least - 1)})
        .toList();
  }

  private static List<double[]> indicators(
      List<Optional<JsonNode>> values, SequencedSet<Optional<JsonNode>> different) {
    List<Optional<JsonNode>> order = List.copyOf(different);
    return values.stream()
        .map(
            value -> {
              double[] indicators = new double[order.size()];
              indicators[order.indexOf(value)] = 1;
              return indicators;
            })
        .toList();
  }
}
