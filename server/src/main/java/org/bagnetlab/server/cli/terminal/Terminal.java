package org.bagnetlab.server.cli.terminal;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import org.bagnetlab.vision.staging.Unprintable;

/** Where output goes: a person's terminal, whose last line may move, or a file. */
public final class Terminal {

  /** Set by the launcher, which can ask the system; Java cannot in every version. */
  public static final boolean INTERACTIVE = Boolean.getBoolean("bagnetlab.terminal");

  private Terminal() {}

  /** Runs a command whose text on both of the process's streams is escaped. Gives its exit code. */
  public static int escaping(IntSupplier command) {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    System.setOut(new ShownStream(stdout));
    System.setErr(new ShownStream(stderr));
    try {
      return command.getAsInt();
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }

  /** Goes back to the start of the line and empties it, if lines can move. */
  public static void clearLine(PrintStream out) {
    if (INTERACTIVE && out instanceof ShownStream shown) {
      shown.clearLine();
    }
  }

  /**
   * A text of any number of lines from a file or a server as it can be shown: what a terminal would
   * obey, or would show out of order, becomes its escape.
   */
  public static String shown(String text) {
    return Unprintable.lines(text);
  }

  /** A text in a line of others, such as a name: the same, and it stays in its line. */
  public static String line(String text) {
    return Unprintable.line(text);
  }
}
