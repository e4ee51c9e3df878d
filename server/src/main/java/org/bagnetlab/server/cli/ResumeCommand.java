package org.bagnetlab.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Resume a job that was paused, interrupted, cancelled, or failed. */
@Command(
    name = "resume",
    description = "Resume a job that was paused, interrupted, cancelled, or failed.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    System.out.println(JobText.of(server.client().post("jobs/" + id + "/resume", null)));
    return 0;
  }
}
