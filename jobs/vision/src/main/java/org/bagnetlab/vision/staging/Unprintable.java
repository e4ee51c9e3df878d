package org.bagnetlab.vision.staging;

import java.util.regex.Pattern;

/** Characters that must not appear in a line of a terminal, a list or a log. */
public final class Unprintable {

  /**
   * Control characters (C0 and C1), text direction characters, lone surrogates, unassigned
   * characters and line separators, as the content of a regular expression's character class,
   * without brackets.
   */
  public static final String CHARACTERS = "\\p{C}\\u2028\\u2029";

  private static final Pattern IN_A_LINE = Pattern.compile("[" + CHARACTERS + "]");

  /**
   * Control characters (C0 and C1), and characters that reorder or hide text or begin a new line. A
   * carriage return before a line feed is allowed, since it ends lines of CSV.
   */
  private static final Pattern IN_LINES =
      Pattern.compile("[" + CHARACTERS + "&&[^\\n\\t\\r]]|\\r(?!\\n)");

  private Unprintable() {}

  /** Replaces these characters by escapes, so that the text is one line. */
  public static String line(String text) {
    return escaped(IN_A_LINE, text);
  }

  /** Replaces these characters by escapes in a text that may have several lines and tabs. */
  public static String lines(String text) {
    return escaped(IN_LINES, text);
  }

  private static String escaped(Pattern unprintable, String text) {
    return unprintable
        .matcher(text)
        .replaceAll(
            match -> {
              StringBuilder escape = new StringBuilder();
              match.group().chars().forEach(unit -> escape.append("\\\\u%04x".formatted(unit)));
              return escape.toString();
            });
  }
}
