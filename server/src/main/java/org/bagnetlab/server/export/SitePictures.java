package org.bagnetlab.server.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.view.Results;
import org.bagnetlab.server.results.view.ViewForm;
import org.bagnetlab.server.table.Html;

/** Saves test images and their heatmaps as files, for a page that shows them. */
final class SitePictures {

  private static final Pattern ARTIFACT = Pattern.compile("/api/v1/artifacts/(\\d{1,18})");
  private static final String FOLDER = "images";

  private final Results results;
  private final Exported to;
  private final Set<String> written = new HashSet<>();
  private final StringBuilder page = new StringBuilder();

  SitePictures(Results results, Exported to) {
    this.results = results;
    this.to = to;
  }

  /** The page's content; empty if no network in these views has heatmaps. */
  String read(List<WrittenView> views) throws IOException {
    JsonNode same = view(views, "receptive-field").path("sameImage");
    if (!same.isEmpty()) {
      heading(
          "The same image in each BagNet",
          "Each pixel shows the class logit of the patch around it: evidence for the class, or against it. The mean over"
              + " all patches is the network’s logit. Each picture has its own scale.");
      for (JsonNode entry : same) {
        begin(entry);
        picture(entry.path("imageUrl"), "Test image of " + name(entry), "Image");
        for (JsonNode heatmap : entry.path("heatmaps")) {
          picture(
              heatmap.path("url"),
              "Heatmap of %s for %s".formatted(heatmap.path("label").asText(), name(entry)),
              "%s, %s px, %s, run %d; predicted as %s"
                  .formatted(
                      heatmap.path("label").asText(),
                      heatmap.path("receptiveField").asText(),
                      heatmap.path("regime").asText(),
                      heatmap.path("run").asLong(),
                      heatmap.at("/facts/predicted").asText()));
        }
        end();
      }
    }
    boolean first = true;
    for (JsonNode example : view(views, "scrambling").path("examples")) {
      if (!example.has("heatmapUrl")) {
        continue;
      }
      if (first) {
        heading(
            "The same image, scrambled",
            "Sixteen tiles, four by four, in random order. If only local evidence counts, the heatmap is shuffled with the"
                + " tiles but keeps its colours.");
        first = false;
      }
      begin(example);
      String network =
          "%s, %s, run %d"
              .formatted(
                  example.path("label").asText(),
                  example.path("regime").asText(),
                  example.path("run").asLong());
      String of = " of %s by %s".formatted(name(example), example.path("label").asText());
      picture(
          example.path("imageUrl"),
          "Test image" + of,
          "%s: predicted as %s".formatted(network, example.at("/facts/predicted").asText()));
      picture(example.path("heatmapUrl"), "Heatmap" + of, "Its heatmap");
      picture(
          example.path("scrambledImageUrl"),
          "Scrambled image" + of,
          "Scrambled: predicted as %s".formatted(example.at("/facts/scrambledPredicted").asText()));
      picture(
          example.path("scrambledHeatmapUrl"),
          "Heatmap of the scrambled image" + of,
          "Its heatmap");
      end();
    }
    return page.toString();
  }

  private static JsonNode view(List<WrittenView> views, String name) throws IOException {
    for (WrittenView view : views) {
      if (view.view().name().equals(name)) {
        return Json.MAPPER.readTree(view.text(ViewForm.JSON));
      }
    }
    return MissingNode.getInstance();
  }

  private void heading(String title, String note) {
    page.append("<h2>%s</h2>%n<p>%s</p>%n".formatted(Html.escaped(title), Html.escaped(note)));
  }

  private static String name(JsonNode entry) {
    String image = entry.path("image").asText();
    return "%s, %s"
        .formatted(entry.path("class").asText(), image.substring(image.lastIndexOf('/') + 1));
  }

  private void begin(JsonNode entry) {
    page.append("<h3>%s</h3>%n<div class=\"pictures\">%n".formatted(Html.escaped(name(entry))));
  }

  private void end() {
    page.append("</div>%n".formatted());
  }

  private void picture(JsonNode url, String alt, String caption) throws IOException {
    Matcher artifact = ARTIFACT.matcher(url.asText());
    if (!artifact.matches()) {
      return;
    }
    String file = "%s/artifacts-%s.png".formatted(FOLDER, artifact.group(1));
    if (!written.contains(file)) {
      Optional<byte[]> content = results.file(Long.parseLong(artifact.group(1)));
      if (content.isEmpty()) {
        return;
      }
      to.file(ExportForm.SITE, file, content.get());
      written.add(file);
    }
    page.append(
        "<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>%n"
            .formatted(file, Html.escaped(alt), Html.escaped(caption)));
  }
}
