package org.bagnetlab.server.results.number;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.StartingWeights;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.results.number.Analysis.Row;
import org.bagnetlab.server.results.run.RowSettings;

/**
 * Names of the networks of an output, with the letter of a setting where one was trained in several
 * ways: the letters of the figure's legend, as {@code letterOf} in words.js has them.
 */
final class NetworkNames {

  private final Map<Integer, String> names = new LinkedHashMap<>();

  NetworkNames(List<Row> rows) {
    Map<Integer, Row> first = new LinkedHashMap<>();
    rows.forEach(row -> first.putIfAbsent(row.configuration(), row));
    Map<String, List<Row>> networks =
        first.values().stream().collect(Collectors.groupingBy(row -> row.network().architecture()));
    Map<Row, Setting> settings = new LinkedHashMap<>();
    for (Row row : first.values()) {
      List<Row> same = Objects.requireNonNull(networks.get(row.network().architecture()));
      if (same.size() > 1) {
        settings.put(row, Setting.of(row, same));
      }
    }
    List<Setting> distinct = settings.values().stream().distinct().toList();
    first.forEach(
        (configuration, row) -> {
          String label = row.network().label();
          Setting setting = settings.get(row);
          names.put(
              configuration,
              setting == null
                  ? label
                  : "%s %s".formatted(label, letter(distinct.indexOf(setting))));
        });
  }

  String of(Row row) {
    return Objects.requireNonNull(names.get(row.configuration()));
  }

  private static String letter(int i) {
    return i < 26 ? String.valueOf((char) ('a' + i)) : "(%d)".formatted(i + 1);
  }

  /**
   * How a network was trained.
   *
   * @param before number of earlier rows of the network with equal words, which differ in what has
   *     none
   */
  private record Setting(List<String> words, long before) {

    static Setting of(Row row, List<Row> network) {
      List<String> words = words(row.network().settings());
      return new Setting(
          words,
          network.stream()
              .takeWhile(each -> each.configuration() != row.configuration())
              .filter(each -> words(each.network().settings()).equals(words))
              .count());
    }

    private static List<String> words(RowSettings row) {
      return Stream.concat(
              Stream.of(
                  row.regime().orElse(""),
                  row.settings()
                      .find(TrainExperiment.WEIGHTS)
                      .map(StartingWeights::name)
                      .orElse("")),
              row.phrases().stream())
          .toList();
    }
  }
}
