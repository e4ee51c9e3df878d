package org.bagnetlab.server.cli.job;

import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a job's log. */
@Command(name = "logs", description = "Print a job's log.")
public final class LogsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    System.out.print(server.client().text("jobs/" + id + "/log"));
    return 0;
  }
}
