package org.bagnetlab.server.cli.job;

import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Delete a finished job with its results and files. */
@Command(
    name = "delete",
    description = "Delete a finished job with its results and files.",
    mixinStandardHelpOptions = true)
public final class DeleteCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    server.client().delete("jobs/" + id);
    System.out.printf("Deleted job %d with its results and files.%n", id);
    return 0;
  }
}
