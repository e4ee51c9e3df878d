package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.table.Html;

/** Saves test images and their heatmaps as files, for a page that shows them. */
final class SitePictures {

  private static final String INTERFACE = "/api/v1/";
  private static final String FOLDER = "images";

  private final LabClient client;
  private final Path directory;
  private final Set<String> downloaded = new HashSet<>();
  private final StringBuilder page = new StringBuilder();

  SitePictures(LabClient client, Path directory) {
    this.client = client;
    this.directory = directory;
  }

  /**
   * The page's content; empty if no network has heatmaps.
   *
   * @param query query that selects the data set
   */
  String read(String query) throws IOException, InterruptedException {
    JsonNode same = client.get("receptive-fields" + query).path("sameImage");
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
    for (JsonNode example : client.get("scrambling" + query).path("examples")) {
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

  private void picture(JsonNode url, String alt, String caption)
      throws IOException, InterruptedException {
    if (!url.asText().startsWith(INTERFACE)) {
      return;
    }
    String path = url.asText().substring(INTERFACE.length());
    String file = "%s/%s.png".formatted(FOLDER, path.replace('/', '-'));
    if (downloaded.add(file)) {
      Files.createDirectories(directory.resolve(FOLDER));
      client.download(path, directory.resolve(file));
    }
    page.append(
        "<figure><img src=\"%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>%n"
            .formatted(file, Html.escaped(alt), Html.escaped(caption)));
  }

  /** The number of files written. */
  int files() {
    return downloaded.size();
  }
}
