package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.bagnetlab.server.cli.device.DevicesCommand;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.results.run.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the jobs, newest first. */
@Command(name = "jobs", description = "List the jobs, newest first.")
public final class JobsCommand extends ServerCommand {

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "Show only jobs in this state, for example failed. Queued jobs are listed in the order in which they will run.")
  private String state = "";

  @Option(names = "--limit", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  protected int run(LabClient client) throws Exception {
    String name = LabClient.part(state.toUpperCase(Locale.ROOT));
    JsonNode list = client.get("jobs?limit=%d&state=%s".formatted(limit, name));
    if (json.printed(list)) {
      return 0;
    }
    if (list.path("jobs").isEmpty()) {
      System.out.println(
          name.isEmpty()
              ? "There are no jobs. Queue one with: ./bagnetlab submit train --help"
              : "No job is %s.".formatted(name));
    }
    for (JsonNode job : list.path("jobs")) {
      System.out.printf(
          "%5d  %-11s  %s%s%s%n",
          job.path("id").asLong(),
          JobText.state(job),
          job.path("title").asText(),
          JobText.waiting(job),
          Trouble.of(job).map(trouble -> ", " + trouble.mark()).orElse(""));
    }
    long total = list.path("total").asLong();
    if (total > list.path("jobs").size()) {
      System.out.printf(
          "Showing %d of %d. Use --limit to show more.%n", list.path("jobs").size(), total);
    }
    DevicesCommand.printRefusals(client);
    return 0;
  }
}
