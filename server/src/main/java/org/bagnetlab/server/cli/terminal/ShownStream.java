package org.bagnetlab.server.cli.terminal;

import java.io.PrintStream;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a person may read in a terminal. All text is escaped as {@link Terminal#shown}
 * does, and what is formatted into a line stays in it, so that no command can forget to. Bytes pass
 * as they are: help and logs are written so, which escape by themselves.
 *
 * <p>JSON stays the same JSON: an escape is written as JSON writes it, and such characters are in
 * its texts only.
 */
final class ShownStream extends PrintStream {

  private static final String CLEAR = "\r\033[K";

  private final PrintStream terminal;

  ShownStream(PrintStream terminal) {
    super(terminal, true);
    this.terminal = terminal;
  }

  /** Goes back to the start of the line and empties it. */
  void clearLine() {
    terminal.print(CLEAR);
    terminal.flush();
  }

  @Override
  public void print(@Nullable String text) {
    terminal.print(Terminal.shown(String.valueOf(text)));
    terminal.flush();
  }

  @Override
  public void print(@Nullable Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(char value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(char[] values) {
    print(String.valueOf(values));
  }

  @Override
  public PrintStream format(String format, @Nullable Object... values) {
    return super.format(format, inOneLine(values));
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... values) {
    return super.format(locale, format, inOneLine(values));
  }

  private static @Nullable Object[] inOneLine(@Nullable Object[] values) {
    @Nullable Object[] shown = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      shown[i] = value == null || isNoText(value) ? value : Terminal.line(value.toString());
    }
    return shown;
  }

  /** Whether a format may ask for it as something else than text. */
  private static boolean isNoText(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof TemporalAccessor;
  }
}
