package org.bagnetlab.server.cli.job;

import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Delete an ended job, its results and its files. */
@Command(
    name = "delete",
    description = "Delete an ended job, its results and its files.",
    mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The job's number.")
  private long id;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    server.client().delete("jobs/" + id);
    System.out.printf("Job %d, its results and its files are deleted.%n", id);
    return 0;
  }
}
