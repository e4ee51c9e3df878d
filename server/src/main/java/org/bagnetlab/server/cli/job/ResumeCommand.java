package org.bagnetlab.server.cli.job;

import picocli.CommandLine.Command;

/** Resume a job that was paused, interrupted, cancelled, or failed. */
@Command(
    name = "resume",
    description = "Resume a job that was paused, interrupted, cancelled, or failed.")
public final class ResumeCommand extends JobAction {

  /** Made by the command line. */
  public ResumeCommand() {
    super("resume");
  }
}
