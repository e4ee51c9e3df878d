package org.bagnetlab.server.cli.housekeeping;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;

/** Sends a test notice to the recipients of a running server. */
@Command(
    name = "notify-test",
    description = "Send a test notification to each recipient, and report the result.",
    footer = {"", "Recipients are configured in bagnetlab.yaml: see docs/housekeeping.md."})
public final class NotifyTestCommand extends ServerCommand {

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode answer = client.post("messages/test", null);
    boolean delivered = true;
    for (JsonNode recipient : answer.path("recipients")) {
      delivered &= recipient.path("delivered").asBoolean();
      if (!json.chosen()) {
        System.out.printf(
            "%s  %s  %s%n",
            recipient.path("service").asText(),
            recipient.path("host").asText(),
            recipient.path("delivered").asBoolean()
                ? "accepted"
                : "not accepted: " + recipient.path("failure").asText());
      }
    }
    boolean any = !answer.path("recipients").isEmpty();
    if (!json.printed(answer) && !any) {
      System.err.println("No recipients are configured in bagnetlab.yaml.");
    }
    return delivered && any ? 0 : 1;
  }
}
