package org.bagnetlab.server.cli.job;

import picocli.CommandLine.Command;

/** Cancels a job; a running job saves a checkpoint first. */
@Command(name = "cancel", description = "Cancel a job; a running job saves a checkpoint first.")
public final class CancelCommand extends JobAction {

  /** Called by picocli. */
  public CancelCommand() {
    super("cancel");
  }
}
