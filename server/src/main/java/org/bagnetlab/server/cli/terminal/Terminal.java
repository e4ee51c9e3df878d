package org.bagnetlab.server.cli.terminal;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import org.bagnetlab.vision.staging.Unprintable;

/** Output to a terminal, whose last line may be updated in place, or to a file. */
public final class Terminal {

  /**
   * Whether output goes to a terminal. Set by the launcher, since not every Java version can detect
   * it.
   */
  public static final boolean INTERACTIVE = Boolean.getBoolean("bagnetlab.terminal");

  private Terminal() {}

  /** Runs a command with the text on both standard streams escaped. Returns its exit code. */
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

  /** Clears the current line, if the stream supports it. */
  public static void clearLine(PrintStream out) {
    if (INTERACTIVE && out instanceof ShownStream shown) {
      shown.clearLine();
    }
  }

  /**
   * Makes a text from a file or a server, of any number of lines, safe to show: characters that
   * control a terminal or reorder text are replaced by escapes.
   */
  public static String shown(String text) {
    return Unprintable.lines(text);
  }

  /** Makes a text such as a name safe to show within a line: line breaks are escaped, too. */
  public static String line(String text) {
    return Unprintable.line(text);
  }
}
