package org.bagnetlab.server.cli.job;

import picocli.CommandLine.Command;

/** Pauses a job; a running job stops after the current batch and frees its device. */
@Command(
    name = "pause",
    description = "Pause a job; a running job stops after the current batch and frees its device.")
public final class PauseCommand extends JobAction {

  /** Called by picocli. */
  public PauseCommand() {
    super("pause");
  }
}
