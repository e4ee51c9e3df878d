package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.run.DifferenceText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a job again, and compares the results. */
@Command(
    name = "reproduce",
    description = {
      "Queue the same job again, wait for it, and compare: exit status 0 if its results have the"
          + " same bits, 1 if they differ.",
      "Interrupting it leaves the job queued."
    })
public final class ReproduceCommand extends ServerCommand {

  @Parameters(paramLabel = "RUN", description = "Job ID of a run that has ended.")
  private long id;

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode job = client.post("jobs/%d/reproduce".formatted(id), Json.MAPPER.createObjectNode());
    long again = job.path("id").asLong();
    System.err.printf("Job %d runs job %d again.%n", again, id);
    if (!JobWatch.succeeded(JobWatch.ended(client, again, json))) {
      return 1;
    }
    JsonNode difference = DifferenceText.between(client, id, again);
    json.print(difference, DifferenceText.of(difference));
    return difference.path("same").asBoolean() ? 0 : 1;
  }
}
