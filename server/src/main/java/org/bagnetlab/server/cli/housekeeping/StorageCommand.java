package org.bagnetlab.server.cli.housekeeping;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Confirmation;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.disk.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how full the disk is, what uses the space, and what retention removes. */
@Command(
    name = "storage",
    description = "Show disk usage and what takes the space.",
    footer = {
      "",
      "Limits, retention and messages are configured in bagnetlab.yaml: see docs/housekeeping.md."
    })
public final class StorageCommand extends ServerCommand {

  private static final int SHOWN_JOBS = 10;

  @Option(
      names = "--retention-preview",
      description = "Show what retention would remove now, without removing it.")
  private boolean preview;

  @Option(
      names = "--clean",
      description = "Remove now what retention would remove, as happens every hour.")
  private boolean clean;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  protected int run(LabClient client) throws Exception {
    if (clean) {
      return clean(client);
    }
    JsonNode answer = client.get(preview ? "storage/retention" : "storage");
    if (json.printed(answer)) {
      return 0;
    }
    if (preview) {
      printPreview(answer);
    } else {
      printStorage(answer);
    }
    return 0;
  }

  private int clean(LabClient client) throws IOException, InterruptedException {
    JsonNode preview = client.get("storage/retention");
    confirmation.demand(
        "Retention removes %s, %s."
            .formatted(files(preview.path("files").size()), size(preview.path("bytes"))));
    JsonNode removed = client.post("storage/retention", null);
    json.print(
        removed,
        "Removed %s, %s."
            .formatted(files(removed.path("files").size()), size(removed.path("bytes"))));
    return 0;
  }

  private static void printStorage(JsonNode storage) {
    System.out.printf(
        "Disk        %s of %s free; no job starts below %s%n",
        size(storage.path("free")), size(storage.path("total")), size(storage.path("reserve")));
    System.out.printf(
        "Lab         %s%s%n",
        size(storage.path("used")),
        storage.has("quota") ? " of " + size(storage.path("quota")) : "");
    for (Map.Entry<String, JsonNode> part : storage.path("parts").properties()) {
      System.out.printf("  %-20s  %s%n", part.getKey(), size(part.getValue()));
    }
    if (!storage.path("byKind").isEmpty()) {
      System.out.println("Stored files by kind");
    }
    for (Map.Entry<String, JsonNode> kind : storage.path("byKind").properties()) {
      System.out.printf("  %-20s  %s%n", kind.getKey(), size(kind.getValue()));
    }
    if (!storage.path("byJob").isEmpty()) {
      System.out.println("Largest jobs");
    }
    int shown = 0;
    for (JsonNode job : storage.path("byJob")) {
      if (shown++ < SHOWN_JOBS) {
        System.out.printf(
            "  %5d  %9s  %s%n",
            job.path("job").asLong(),
            size(job.path("bytes")),
            Terminal.shown(job.path("title").asText()));
      }
    }
    if (storage.has("warning")) {
      System.out.println(storage.path("warning").asText());
    }
  }

  private static void printPreview(JsonNode preview) {
    for (JsonNode kept : preview.path("quarantine")) {
      System.out.printf(
          "quarantine/%s has files unknown to the database: deleted after %s%n",
          kept.path("name").asText(), kept.path("deletedAfter").asText());
    }
    if (preview.path("files").isEmpty()) {
      System.out.println("Retention would remove nothing now.");
      return;
    }
    for (JsonNode file : preview.path("files")) {
      System.out.printf(
          "  %5d  %9s  %s: %s%n",
          file.path("job").asLong(),
          size(file.path("size")),
          Terminal.shown(file.path("name").asText()),
          Terminal.shown(file.path("reason").asText()));
    }
    System.out.printf(
        "Retention would remove %s, %s.%n",
        files(preview.path("files").size()), size(preview.path("bytes")));
  }

  private static String files(int number) {
    return number == 1 ? "1 file" : number + " files";
  }

  private static String size(JsonNode bytes) {
    return ByteSize.text(bytes.asLong());
  }
}
