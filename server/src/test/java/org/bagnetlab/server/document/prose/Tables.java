package org.bagnetlab.server.document.prose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Exported tables, whose cells expressions refer to as {@code file.csv column=value ... column}.
 *
 * @param directory of the files
 * @param read those that were read
 */
record Tables(Path directory, Map<String, CsvFile> read) {

  /** A value with blanks is in quotes. */
  private static final Pattern PART = Pattern.compile("[^\\s\"]*\"[^\"]*\"|\\S+");

  static Tables in(Path directory) {
    return new Tables(directory, new HashMap<>());
  }

  /**
   * The cells of a column in all rows with some values.
   *
   * @param reference a file, values that the rows have, and a column
   * @throws IllegalArgumentException if there is none
   */
  List<String> cells(String reference) {
    List<String> parts =
        PART.matcher(reference).results().map(part -> part.group().replace("\"", "")).toList();
    CsvFile file = file(parts.get(0));
    String column = parts.get(parts.size() - 1);
    List<String[]> wanted =
        parts.subList(1, parts.size() - 1).stream().map(part -> part.split("=", 2)).toList();
    List<String> cells =
        file.rows().stream()
            .filter(row -> wanted.stream().allMatch(pair -> pair[1].equals(cell(row, pair[0]))))
            .map(row -> cell(row, column))
            .toList();
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("no such row: " + reference);
    }
    return cells;
  }

  private CsvFile file(String name) {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no such file: " + name);
    }
    return read.computeIfAbsent(name, any -> CsvFile.read(file));
  }

  private static String cell(Map<String, String> row, String column) {
    String cell = row.get(column);
    if (cell == null) {
      throw new IllegalArgumentException("no such column: " + column);
    }
    return cell;
  }
}
