package org.bagnetlab.server.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The verbosity of commands, an option of the top-level command. */
public interface Verbosity {

  /** Whether verbose output was requested. */
  boolean verbose();

  /** Whether verbose output was requested. */
  static boolean verbose(@Nullable CommandSpec command) {
    return command != null
        && command.root().userObject() instanceof Verbosity main
        && main.verbose();
  }
}
