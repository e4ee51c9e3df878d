package org.bagnetlab.server.cli.job;

import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a job until it ends. */
@Command(name = "watch", description = "Follow a job until it ends.")
public final class WatchCommand extends ServerCommand {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Override
  protected int run(LabClient client) throws Exception {
    return JobWatch.follow(client, id, json);
  }
}
