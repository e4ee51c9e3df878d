package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.server.export.ExportForm;

/** Writes the files that a server sends, and shows how far it is. */
final class ReceivedExport {

  private final Map<ExportForm, List<Path>> directories;
  private final ProgressLine progressLine;
  private final Map<ExportForm, Integer> files = new EnumMap<>(ExportForm.class);
  private boolean complete;

  /**
   * Prepares to receive files.
   *
   * @param directories of the forms to ask for, which are created
   */
  ReceivedExport(Map<ExportForm, List<Path>> directories, ProgressLine progressLine) {
    this.directories = new EnumMap<>(directories);
    this.progressLine = progressLine;
  }

  /**
   * Receives all files, and returns the number of each form.
   *
   * @param query selects the data set, including the question mark
   * @param figures the figures that were drawn
   */
  Map<ExportForm, Integer> read(LabClient client, String query, JsonNode figures)
      throws IOException, InterruptedException {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set("figures", figures);
    String forms =
        directories.keySet().stream().map(ExportForm::text).collect(Collectors.joining(","));
    client.lines("exports%s&forms=%s".formatted(query, forms), body, this::line);
    if (!complete) {
      throw new Failure("The server ended before the export was complete: try again.");
    }
    return files;
  }

  private void line(String text) throws IOException {
    JsonNode line = Json.MAPPER.readTree(text);
    if (line.has("problem")) {
      throw new Failure("The export is not complete: " + line.path("problem").asText());
    }
    if (line.has("done")) {
      complete = line.path("done").asInt() == line.path("total").asInt();
      progressLine.report(line.path("done").asInt(), line.path("total").asInt());
      return;
    }
    write(line);
  }

  private void write(JsonNode line) throws IOException {
    ExportForm form =
        ExportForm.of(line.path("form").asText())
            .filter(directories::containsKey)
            .orElseThrow(() -> new Failure("The server sends files that were not asked for."));
    for (Path directory : directories.getOrDefault(form, List.of())) {
      Path file = directory.resolve(line.path("path").asText()).normalize();
      if (!file.startsWith(directory.normalize())) {
        throw new Failure("The server sends files for other directories.");
      }
      Files.createDirectories(file.resolve("..").normalize());
      Files.write(file, line.path("content").binaryValue());
    }
    files.merge(form, 1, Integer::sum);
  }
}
