package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pause a job; a running job stops after the current batch and frees its device. */
@Command(
    name = "pause",
    description = "Pause a job; a running job stops after the current batch and frees its device.",
    mixinStandardHelpOptions = true)
public final class PauseCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    JsonNode job = server.client().post("jobs/" + id + "/pause", null);
    json.print(job, JobText.of(job));
    return 0;
  }
}
