package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.digest.DigestText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Summarises what the lab did in the last hours. */
@Command(
    name = "digest",
    description =
        "Summarise the last hours: what finished, what failed and why, the best runs by validation accuracy next to the best before.")
public final class DigestCommand extends ServerCommand {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  @Option(
      names = "--last",
      paramLabel = "TIME",
      defaultValue = "1d",
      description = "Such as 90m, 12h or 7d. Default: ${DEFAULT-VALUE}.")
  private String last = "1d";

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode answer = client.get("digest?last=" + LabClient.part(last));
    if (json.printed(answer)) {
      return 0;
    }
    Digest digest = ServerJson.read(answer, Digest.class);
    System.out.printf("Since %s:%n", TIME.format(digest.since().atZone(ZoneId.systemDefault())));
    DigestText.of(digest).forEach(line -> System.out.println("  " + Terminal.line(line)));
    return 0;
  }
}
