package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** Resumes a job that was paused, interrupted or cancelled, or that failed. */
@Command(
    name = "resume",
    description = "Resume a job that was paused, interrupted, cancelled, or failed.")
public final class ResumeCommand extends JobAction {

  @Override
  ObjectNode change() {
    return action("resume");
  }
}
