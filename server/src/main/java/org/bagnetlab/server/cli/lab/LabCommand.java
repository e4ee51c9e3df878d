package org.bagnetlab.server.cli.lab;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Mixin;

/** A command that works on a data directory, through the server that uses it, if there is one. */
public abstract class LabCommand implements Callable<Integer> {

  @Mixin protected JsonOption json = new JsonOption();

  @Mixin private OptionalServer server = new OptionalServer();

  @Mixin protected DataOption data = new DataOption();

  @Override
  public final Integer call() throws Exception {
    run(server.client());
    return 0;
  }

  /**
   * Runs the command.
   *
   * @param client of the server; empty if the data directory is used directly
   */
  protected abstract void run(Optional<LabClient> client) throws Exception;
}
