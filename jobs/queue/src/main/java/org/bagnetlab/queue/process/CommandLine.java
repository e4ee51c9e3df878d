package org.bagnetlab.queue.process;

import java.util.List;
import java.util.Map;

/**
 * How a worker process is started.
 *
 * @param arguments the program and its arguments
 * @param environment variables beside those of the server
 */
public record CommandLine(List<String> arguments, Map<String, String> environment) {

  /** Keeps copies. */
  public CommandLine {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
