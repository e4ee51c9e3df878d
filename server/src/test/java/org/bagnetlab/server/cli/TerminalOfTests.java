package org.bagnetlab.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands as a terminal does, and listens to what they say. */
public final class TerminalOfTests implements AutoCloseable {

  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  public TerminalOfTests() {
    PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  /** Runs a command; gives its exit code. */
  public int run(String... arguments) {
    return Main.run(arguments);
  }

  /** What was said since the last call. */
  public String said() {
    String text = said.toString(StandardCharsets.UTF_8);
    said.reset();
    return text;
  }

  @Override
  public void close() {
    System.setOut(stdout);
    System.setErr(stderr);
  }
}
