package org.bagnetlab.server.results.importance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
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
    List<List<SettingColumns>> together = new ArrayList<>();
    for (Parameter<?> parameter : TrainExperiment.PARAMETERS) {
      List<Optional<JsonNode>> values =
          configurations.stream().map(settings -> value(settings, parameter)).toList();
      if (!parameter.equals(TrainExperiment.DATASET) && Set.copyOf(values).size() > 1) {
        SettingColumns setting = of(parameter, values);
        together.stream()
            .filter(others -> others.getFirst().changesWith(setting))
            .findFirst()
            .ifPresentOrElse(
                others -> others.add(setting),
                () -> together.add(new ArrayList<>(List.of(setting))));
      }
    }
    return together.stream().map(SettingColumns::joined).toList();
  }

  private static SettingColumns of(Parameter<?> parameter, List<Optional<JsonNode>> values) {
    List<Optional<JsonNode>> different = values.stream().distinct().toList();
    return new SettingColumns(
        parameter.name(),
        parameter.label(),
        List.of(),
        different.size(),
        parameter.type().isNumber()
            ? numbers(values)
            : indicators(values.stream().map(different::indexOf).toList(), different.size()));
  }

  /**
   * Whether configurations with different values of this setting have different values of another
   * one, and those with equal values equal ones. Two numbers must rise and fall together besides:
   * with other orders a tree can tell them apart, even if no value occurs twice.
   */
  private boolean changesWith(SettingColumns other) {
    return places().equals(other.places())
        && (!isNumber()
            || !other.isNumber()
            || ranks(1).equals(other.ranks(1))
            || ranks(1).equals(other.ranks(-1)));
  }

  private boolean isNumber() {
    return columns.getFirst().length == 1;
  }

  /** The number of the value of each configuration, in the order of their first occurrence. */
  private List<Integer> places() {
    List<List<Double>> all =
        columns.stream().map(numbers -> DoubleStream.of(numbers).boxed().toList()).toList();
    List<List<Double>> different = all.stream().distinct().toList();
    return all.stream().map(different::indexOf).toList();
  }

  private List<Integer> ranks(int sign) {
    List<Double> all = columns.stream().map(numbers -> sign * numbers[0]).toList();
    List<Double> ascending = all.stream().distinct().sorted().toList();
    return all.stream().map(ascending::indexOf).toList();
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
