package org.bagnetlab.server.cli.terminal;

import java.io.PrintStream;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stream for terminals that escapes all text by {@link Terminal#shown} and keeps formatted values
 * on one line, so that no command can omit this. Bytes pass unchanged: help and logs are written as
 * bytes that are already escaped.
 *
 * <p>JSON stays equivalent: escapes are valid in JSON strings, and such characters only occur
 * there.
 */
final class ShownStream extends PrintStream {

  private static final String CLEAR = "\r\033[K";

  private final PrintStream terminal;

  ShownStream(PrintStream terminal) {
    super(terminal, true);
    this.terminal = terminal;
  }

  /** Clears the current line. */
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

  /** Whether a format string may use a value as something other than text. */
  private static boolean isNoText(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof TemporalAccessor;
  }
}
