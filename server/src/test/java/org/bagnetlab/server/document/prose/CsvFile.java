package org.bagnetlab.server.document.prose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.server.table.CsvLines;

/**
 * An exported table.
 *
 * @param rows each by the names of its columns
 */
record CsvFile(List<Map<String, String>> rows) {

  static CsvFile read(Path file) {
    try {
      List<List<String>> lines = CsvLines.of(Files.readString(file));
      List<String> head = lines.get(0);
      List<Map<String, String>> rows = new ArrayList<>();
      for (List<String> line : lines.subList(1, lines.size())) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < head.size(); i++) {
          row.put(head.get(i), line.get(i));
        }
        rows.add(row);
      }
      return new CsvFile(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
