package org.bagnetlab.queue.launch;

import java.util.Map;
import java.util.Optional;

/**
 * The exit code of a process, as Java reports it: 128 plus the signal's number if a signal killed
 * the process.
 *
 * @param value as from {@link Process#exitValue()}
 */
public record ExitCode(int value) {

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8,
          "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

  /** The signal that ended it, if any. */
  public Optional<String> signal() {
    return Optional.ofNullable(SIGNALS.get(value - 128));
  }

  /** For example {@code ended by signal 9 (SIGKILL)}. */
  public String inWords() {
    return signal()
        .map(name -> "killed by signal %d (%s)".formatted(value - 128, name))
        .orElse("exited with code " + value);
  }
}
