package org.bagnetlab.server.cli.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.Following;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.vision.dataset.store.DatasetImported;
import org.bagnetlab.vision.staging.FolderName;

/** Sends a zip file to a server, which imports it. Ctrl-C cancels the upload and the import. */
final class ImportAtServer {

  private static final Duration PAUSE = Duration.ofMillis(300);

  private final LabClient client;
  private final String name;
  private final Path file;

  ImportAtServer(LabClient client, String name, Path file) {
    this.client = client;
    this.name = name;
    this.file = file;
  }

  /** Imports the data set, and returns it with the server's warnings. */
  DatasetImported run() throws IOException, InterruptedException {
    check();
    client.upload(
        "datasets?name=%s&source=%s"
            .formatted(
                LabClient.part(name),
                URLEncoder.encode(String.valueOf(file.getFileName()), StandardCharsets.UTF_8)),
        file);
    Thread cancel = new Thread(this::cancel, "cancel-import");
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      return followed();
    } finally {
      keep(cancel);
    }
  }

  /**
   * Removes the shutdown hook when the import has ended or is no longer followed, so that the exit
   * of this process does not cancel it.
   */
  private static void keep(Thread cancel) {
    try {
      Runtime.getRuntime().removeShutdownHook(cancel);
    } catch (IllegalStateException e) {
      // After Ctrl-C, this process is shutting down and the hook is already running.
    }
  }

  /** Checks everything that can be checked before a large file is sent. */
  private void check() throws IOException, InterruptedException {
    if (Files.isDirectory(file)) {
      throw new Failure(
          "%s is a folder: a server takes a zip file. Pack the folder into one first."
              .formatted(file));
    }
    LabClient.checkFile(file);
    if (!FolderName.possible(name)) {
      throw new Failure(
          "'%s' is not a valid data set name: use up to 64 lower-case letters, digits, '.', '_' and '-'."
              .formatted(name));
    }
    JsonNode list = client.get("datasets");
    for (String part : List.of("datasets", "damaged")) {
      for (JsonNode held : list.path(part)) {
        if (held.path("name").asText().equals(name)) {
          throw new Failure(
              "The server already has a data set '%s'. Import under another name, or remove it first."
                  .formatted(name));
        }
      }
    }
  }

  private DatasetImported followed() throws IOException, InterruptedException {
    Following following = new Following(client, System.err, PAUSE);
    ProgressLine reading = new ProgressLine("images read");
    reading.begin("Waiting for the import to begin");
    while (true) {
      JsonNode known = following.get("dataset-imports/" + LabClient.part(name));
      switch (known.path("state").asText()) {
        case "SUCCEEDED" -> {
          reading.clear();
          return Json.MAPPER.treeToValue(known, DatasetImported.class);
        }
        case "FAILED" -> {
          reading.clear();
          throw new Failure(message(known.path("error")));
        }
        default -> {
          if (known.has("total")) {
            reading.report(known.path("done").asInt(), known.path("total").asInt());
          }
          following.pause();
        }
      }
    }
  }

  private static String message(JsonNode error) {
    List<String> lines = new ArrayList<>(List.of(error.path("detail").asText()));
    error.path("details").forEach(line -> lines.add(line.asText()));
    return String.join("\n  ", lines);
  }

  private void cancel() {
    try {
      client.delete("dataset-imports/" + LabClient.part(name));
    } catch (IOException | Failure e) {
      System.err.println("The import may go on at the server: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
