package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command that starts a worker process.
 *
 * @param arguments the program and its arguments
 * @param environment environment variables in addition to those of the server
 * @param without environment variables of the server that the worker must not get
 */
public record CommandLine(
    List<String> arguments, Map<String, String> environment, Set<String> without) {

  /** Creates a command that gets all of the server's environment variables. */
  public CommandLine(List<String> arguments, Map<String, String> environment) {
    this(arguments, environment, Set.of());
  }

  /** A copy with additional environment variables. */
  public CommandLine with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(variables);
    return new CommandLine(arguments, all, without);
  }

  /** Copies its arguments. */
  public CommandLine {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    without = Set.copyOf(without);
  }

  /** Starts the process in a directory. */
  public Process start(Path directory) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeAll(without);
    builder.environment().putAll(environment);
    return builder.start();
  }
}
