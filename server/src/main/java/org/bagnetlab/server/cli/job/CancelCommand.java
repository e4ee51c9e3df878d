package org.bagnetlab.server.cli.job;

import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
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

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    System.out.println(JobText.of(server.client().post("jobs/" + id + "/cancel", null)));
    return 0;
  }
}
