package org.bagnetlab.server.cli.housekeeping;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;

/** Sends a test notice to the webhooks of a running server. */
@Command(
    name = "notify-test",
    description = "Send a test notification to each webhook, and report the result.",
    footer = {"", "Webhooks are configured in bagnetlab.yaml: see docs/housekeeping.md."})
public final class NotifyTestCommand extends ServerCommand {

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode answer = client.post("webhooks/test", null);
    boolean delivered = true;
    for (JsonNode webhook : answer.path("webhooks")) {
      delivered &= webhook.path("delivered").asBoolean();
      if (!json.chosen()) {
        System.out.printf(
            "%s  %s%n",
            webhook.path("host").asText(),
            webhook.path("delivered").asBoolean()
                ? "accepted"
                : "not accepted: " + webhook.path("failure").asText());
      }
    }
    boolean any = !answer.path("webhooks").isEmpty();
    if (!json.printed(answer) && !any) {
      System.err.println("No webhooks are configured in bagnetlab.yaml.");
    }
    return delivered && any ? 0 : 1;
  }
}
