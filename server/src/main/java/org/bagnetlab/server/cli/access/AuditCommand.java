package org.bagnetlab.server.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the audit log: who changed what. */
@Command(name = "audit", description = "Show who changed what, newest first.")
public final class AuditCommand extends ServerCommand {

  @Option(
      names = "--limit",
      description = "Maximum number of entries, up to 1000. Default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  @Option(
      names = "--before",
      paramLabel = "NUMBER",
      description = "Only entries with a lower number, to go further back.")
  private @Nullable Long before;

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode answer =
        client.get("audit?limit=" + limit + (before == null ? "" : "&before=" + before));
    if (json.printed(answer)) {
      return 0;
    }
    for (JsonNode entry : answer.path("entries")) {
      System.out.printf(
          "%6d  %s  %-16s %-8s  %-15s  %-16s %d  %s%n",
          entry.path("id").asLong(),
          Instant.parse(entry.path("at").asText()).truncatedTo(ChronoUnit.SECONDS),
          Terminal.line(entry.path("visitor").asText()),
          entry.path("role").asText(),
          entry.path("address").asText(),
          entry.path("operation").asText(),
          entry.path("status").asInt(),
          Terminal.line(entry.path("target").asText()));
    }
    if (answer.path("entries").isEmpty()) {
      System.out.println("Nothing was changed.");
    }
    return 0;
  }
}
