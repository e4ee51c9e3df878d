package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;

/**
 * What the report published, in the order of its Table 1. Never mixed with what is measured here.
 *
 * @param source where the numbers are from
 * @param table1 its rows
 */
public record Published(String source, List<Row> table1) {

  /**
   * A row of Table 1.
   *
   * @param architecture name
   * @param label the name as people write it
   * @param validation accuracy
   * @param test accuracy
   * @param scrambled accuracy on scrambled test images, where published
   */
  public record Row(
      String architecture,
      String label,
      double validation,
      double test,
      Optional<Double> scrambled) {}

  /** Reads the numbers from the class path. */
  public static Published read() {
    try (InputStream stream = Published.class.getResourceAsStream("published.json")) {
      JsonNode json = Json.MAPPER.readTree(stream);
      return new Published(
          json.path("source").asText(),
          Json.MAPPER.convertValue(json.path("table1"), new TypeReference<List<Row>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row of a network, if it has one. */
  Optional<Row> row(String architecture) {
    return table1.stream().filter(row -> row.architecture().equals(architecture)).findFirst();
  }

  /** A network's place in Table 1; those that are not in it come last. */
  int place(String architecture) {
    return row(architecture).map(table1::indexOf).orElse(table1.size());
  }
}
