package org.bagnetlab.server.cli.job;

import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a job until it ends. */
@Command(name = "watch", description = "Follow a job until it ends.")
public final class WatchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    return JobWatch.follow(server.client(), id, json);
  }
}
