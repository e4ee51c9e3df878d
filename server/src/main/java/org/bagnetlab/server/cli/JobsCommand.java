package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** List the jobs, the newest first. */
@Command(
    name = "jobs",
    description = "List the jobs, the newest first.",
    mixinStandardHelpOptions = true)
final class JobsCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--limit", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    JsonNode list = client.get("jobs?limit=" + limit);
    if (json) {
      System.out.println(Json.line(list));
      return 0;
    }
    if (list.path("jobs").isEmpty()) {
      System.out.println("There are no jobs. Queue one with: ./bagnetlab submit train --help");
    }
    for (JsonNode job : list.path("jobs")) {
      System.out.printf(
          "%5d  %-11s  %s%s%n",
          job.path("id").asLong(),
          job.path("state").asText(),
          job.path("title").asText(),
          JobText.waiting(job));
    }
    for (JsonNode device : client.get("devices").path("devices")) {
      if (device.has("refusal")) {
        System.out.printf(
            "%s starts no job: %s%n",
            device.path("name").asText(), device.path("refusal").asText());
      }
    }
    return 0;
  }
}
