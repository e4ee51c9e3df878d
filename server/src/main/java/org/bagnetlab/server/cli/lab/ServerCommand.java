package org.bagnetlab.server.cli.lab;

import java.util.concurrent.Callable;
import org.bagnetlab.server.cli.terminal.JsonOption;
import picocli.CommandLine.Mixin;

/** A command that queries a server, and prints the answer as JSON or as text. */
public abstract class ServerCommand implements Callable<Integer> {

  @Mixin protected JsonOption json = new JsonOption();

  @Mixin protected ServerOption server = new ServerOption();

  @Override
  public final Integer call() throws Exception {
    return run(server.client());
  }

  /** Runs the command, and returns its exit status. */
  protected abstract int run(LabClient client) throws Exception;
}
