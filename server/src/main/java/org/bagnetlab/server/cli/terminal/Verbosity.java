package org.bagnetlab.server.cli.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** How much commands say: an option of the command that all others are below. */
public interface Verbosity {

  /** Whether it was asked to say more. */
  boolean verbose();

  /** Whether verbose output was requested. */
  static boolean verbose(@Nullable CommandSpec command) {
    return command != null
        && command.root().userObject() instanceof Verbosity main
        && main.verbose();
  }
}
