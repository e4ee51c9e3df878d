package org.bagnetlab.server.results.number;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.server.results.number.Analysis.Row;

/**
 * Names of the networks of an output, with a letter where one was trained in several ways: the
 * letters of the figure's legend.
 */
final class NetworkNames {

  private final Map<Integer, String> names = new LinkedHashMap<>();

  NetworkNames(List<Row> rows) {
    Map<Integer, Row> first = new LinkedHashMap<>();
    rows.forEach(row -> first.putIfAbsent(row.configuration(), row));
    first.forEach(
        (configuration, row) -> {
          List<Integer> same =
              first.values().stream()
                  .filter(
                      each -> each.network().architecture().equals(row.network().architecture()))
                  .map(Row::configuration)
                  .toList();
          String label = row.network().label();
          names.put(
              configuration,
              same.size() == 1
                  ? label
                  : "%s %s".formatted(label, letter(same.indexOf(configuration))));
        });
  }

  String of(Row row) {
    return Objects.requireNonNull(names.get(row.configuration()));
  }

  private static String letter(int i) {
    return i < 26 ? String.valueOf((char) ('a' + i)) : "(%d)".formatted(i + 1);
  }
}
