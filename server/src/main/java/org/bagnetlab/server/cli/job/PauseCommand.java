package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** Pauses jobs; a running job stops after the current batch and frees its device. */
@Command(
    name = "pause",
    description = "Pause jobs; a running job stops after the current batch and frees its device.")
public final class PauseCommand extends JobAction {

  @Override
  ObjectNode change() {
    return action("pause");
  }
}
