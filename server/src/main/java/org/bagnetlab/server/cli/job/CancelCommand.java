package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancel a job; a running job saves a checkpoint first. */
@Command(
    name = "cancel",
    description = "Cancel a job; a running job saves a checkpoint first.",
    mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    JsonNode job = server.client().post("jobs/" + id + "/cancel", null);
    json.print(job, JobText.of(job));
    return 0;
  }
}
