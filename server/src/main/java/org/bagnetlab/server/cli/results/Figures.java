package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.terminal.Failure;

/** Reads the figures that the dashboard's figure page has drawn. */
final class Figures {

  private Figures() {}

  /**
   * A figure as SVG and as PNG.
   *
   * @param name name of its files
   * @param title of the figure
   * @param svg the SVG document
   * @param png the bytes of a PNG at twice the size
   */
  record Figure(String name, String title, String svg, byte[] png) {}

  /**
   * The figures in the page's data.
   *
   * @throws Failure with the page's reason if it drew no figures
   */
  static List<Figure> of(String data) throws IOException {
    JsonNode read = Json.MAPPER.readTree(data);
    if (read.has("problem")) {
      throw new Failure("The figures could not be drawn: " + read.path("problem").asText());
    }
    List<Figure> figures = new ArrayList<>();
    for (JsonNode figure : read.path("figures")) {
      figures.add(
          new Figure(
              figure.path("name").asText(),
              figure.path("title").asText(),
              figure.path("svg").asText(),
              Base64.getDecoder().decode(figure.path("png").asText())));
    }
    return figures;
  }
}
