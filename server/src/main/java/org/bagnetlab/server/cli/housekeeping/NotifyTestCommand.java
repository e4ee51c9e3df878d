package org.bagnetlab.server.cli.housekeeping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends a test notice to the webhooks of a running server. */
@Command(
    name = "notify-test",
    description = "Send a test notification to each webhook, and report the result.",
    footer = {"", "Webhooks are configured in bagnetlab.yaml: see docs/housekeeping.md."})
public final class NotifyTestCommand implements Callable<Integer> {

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    JsonNode answer = server.client().post("webhooks/test", null);
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
