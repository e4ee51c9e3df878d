package org.bagnetlab.queue.device.nvidia;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The query to nvidia-smi, and the parser of its output. */
record SmiQuery(List<SmiColumn> columns) {

  private static final Pattern UNKNOWN =
      Pattern.compile("Field \"([^\"]*)\" is not a valid field to query");

  /** Everything. */
  static SmiQuery full() {
    return new SmiQuery(List.of(SmiColumn.values()));
  }

  /** Arguments for nvidia-smi. */
  List<String> arguments() {
    String properties = columns.stream().map(SmiColumn::property).collect(Collectors.joining(","));
    return List.of("--query-gpu=" + properties, "--format=csv,noheader,nounits");
  }

  /** The query without the property that the answer calls unknown; empty if it calls none so. */
  Optional<SmiQuery> simpler(String answer) {
    Matcher unknown = UNKNOWN.matcher(answer);
    if (!unknown.find()) {
      return Optional.empty();
    }
    String property = unknown.group(1);
    List<SmiColumn> known =
        columns.stream()
            .filter(column -> !(column.dispensable() && column.property().equals(property)))
            .toList();
    return known.size() < columns.size() ? Optional.of(new SmiQuery(known)) : Optional.empty();
  }

  /** The line as a GPU's row; empty if it is something else, such as a message. */
  Optional<SmiRow> row(String line) {
    String[] texts = line.split(",", columns.size());
    if (texts.length < columns.size()) {
      return Optional.empty();
    }
    Map<SmiColumn, String> cells = new EnumMap<>(SmiColumn.class);
    for (int i = 0; i < texts.length; i++) {
      cells.put(columns.get(i), texts[i].strip());
    }
    return Optional.of(new SmiRow(cells)).filter(SmiRow::identified);
  }
}
