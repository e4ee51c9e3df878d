package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** Cancels jobs; a running job saves a checkpoint first. */
@Command(name = "cancel", description = "Cancel jobs; a running job saves a checkpoint first.")
public final class CancelCommand extends JobAction {

  @Override
  ObjectNode change() {
    return action("cancel");
  }
}
