package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.terminal.Failure;

/** The figures in a document that the dashboard's page of figures became. */
final class Figures {

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"figures\">(.*?)</script>", Pattern.DOTALL);

  private Figures() {}

  /**
   * A figure in both of its forms.
   *
   * @param name for files
   * @param title of the figure
   * @param svg a document
   * @param png twice as large
   */
  record Figure(String name, String title, String svg, byte[] png) {}

  /**
   * The figures of a document.
   *
   * @throws Failure with the page's reason, if it has none
   */
  static List<Figure> of(String document) throws IOException {
    Matcher data = DATA.matcher(document);
    if (!data.find()) {
      throw new Failure("Chromium did not draw the figures: it may be too old.");
    }
    JsonNode read = Json.MAPPER.readTree(data.group(1));
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
