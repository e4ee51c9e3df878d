package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.terminal.Failure;

/** Reads the figures that the dashboard's figure page has drawn. */
final class Figures {

  private Figures() {}

  /**
   * The figures in the page's data.
   *
   * @return their names, titles, SVG documents and PNG in Base64
   * @throws Failure with the page's reason if it drew no figures
   */
  static JsonNode of(String data) throws IOException {
    JsonNode read = Json.MAPPER.readTree(data);
    if (read.has("problem")) {
      throw new Failure("The figures could not be drawn: " + read.path("problem").asText());
    }
    return read.path("figures");
  }
}
