package org.bagnetlab.server.results.importance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.train.TrainExperiment;

/**
 * A setting in which configurations differ, as numbers: a single one if its values are numbers,
 * else one for each value, which is 1 for the configurations that have the value and 0 for the
 * others. Splits of a tree depend only on the order of numbers, so that logarithms would change
 * nothing.
 *
 * @param name its name in requests
 * @param label its label in forms
 * @param with labels of the settings that change whenever it does, and only then; nothing can tell
 *     their effects apart
 * @param values number of different values
 * @param columns its numbers: an array for each configuration
 */
record SettingColumns(
    String name, String label, List<String> with, int values, List<double[]> columns) {

  /** The settings in which these configurations differ, except the data set. */
  static List<SettingColumns> differing(List<Settings> configurations) {
    Map<List<Integer>, List<SettingColumns>> together = new LinkedHashMap<>();
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      if (!parameter.equals(TrainExperiment.DATASET)) {
        List<Optional<JsonNode>> values =
            configurations.stream().map(settings -> value(settings, parameter)).toList();
        SequencedSet<Optional<JsonNode>> different = new LinkedHashSet<>(values);
        if (different.size() > 1) {
          List<Optional<JsonNode>> order = List.copyOf(different);
          List<Integer> places = values.stream().map(order::indexOf).toList();
          together
              .computeIfAbsent(places, any -> new ArrayList<>())
              .add(
                  new SettingColumns(
                      parameter.name(),
                      parameter.label(),
                      List.of(),
                      order.size(),
                      parameter.type().isNumber()
                          ? numbers(values)
                          : indicators(places, order.size())));
        }
      }
    }
    return together.values().stream().map(SettingColumns::joined).toList();
  }

  /** Runs are told apart by how their networks were trained. */
  private static Optional<JsonNode> value(Settings settings, Parameter<?> parameter) {
    return parameter.equals(TrainExperiment.FROM_RUN)
        ? settings.find(TrainExperiment.FROM_RUN).map(run -> TextNode.valueOf(run.configuration()))
        : settings.request(parameter);
  }

  /** The first of several settings, which stands for all. */
  private static SettingColumns joined(List<SettingColumns> together) {
    SettingColumns first = together.getFirst();
    return new SettingColumns(
        first.name,
        first.label,
        together.stream().skip(1).map(SettingColumns::label).toList(),
        first.values,
        first.columns);
  }

  /** A missing value is placed above all numbers: it means that there is no limit. */
  private static List<double[]> numbers(List<Optional<JsonNode>> values) {
    return values.stream()
        .map(value -> new double[] {value.map(JsonNode::doubleValue).orElse(Double.MAX_VALUE)})
        .toList();
  }

  private static List<double[]> indicators(List<Integer> places, int values) {
    return places.stream()
        .map(
            place -> {
              double[] indicators = new double[values];
              indicators[place] = 1;
              return indicators;
            })
        .toList();
  }
}
