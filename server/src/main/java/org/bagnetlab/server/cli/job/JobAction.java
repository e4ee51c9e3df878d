package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Parameters;

/** A command that makes the server change a job, and shows the job. */
abstract class JobAction extends ServerCommand {

  private final String action;

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  /** Creates a command from the last segment of the action's path. */
  JobAction(String action) {
    this.action = action;
  }

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode job = client.post("jobs/%d/%s".formatted(id, action), null);
    json.print(job, JobText.of(job));
    return 0;
  }
}
