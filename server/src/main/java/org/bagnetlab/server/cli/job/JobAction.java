package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that asks the server to do something with a job, and shows the job. */
abstract class JobAction implements Callable<Integer> {

  private final String action;

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ServerOption server = new ServerOption();

  /** Creates a command from the last part of the action's address. */
  JobAction(String action) {
    this.action = action;
  }

  @Override
  public Integer call() throws Exception {
    JsonNode job = server.client().post("jobs/%d/%s".formatted(id, action), null);
    json.print(job, JobText.of(job));
    return 0;
  }
}
