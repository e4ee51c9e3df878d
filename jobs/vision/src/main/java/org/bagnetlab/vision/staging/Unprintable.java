package org.bagnetlab.vision.staging;

import java.util.regex.Pattern;

/** What has no place in a line of a terminal, a list or a log. */
public final class Unprintable {

  /**
   * Controls of both ranges, text directions, halves of characters, unassigned characters and ends
   * of lines, to stand between the brackets of a pattern.
   */
  public static final String CHARACTERS = "\\p{C}\\u2028\\u2029";

  private static final Pattern IN_A_LINE = Pattern.compile("[" + CHARACTERS + "]");

  /**
   * Control characters, of both ranges, and what reorders or hides text or begins a line. Lines of
   * CSV end with a carriage return and a line feed.
   */
  private static final Pattern IN_LINES =
      Pattern.compile("[" + CHARACTERS + "&&[^\\n\\t\\r]]|\\r(?!\\n)");

  private Unprintable() {}

  /** A text with their escapes instead of them, so that it is one line. */
  public static String line(String text) {
    return escaped(IN_A_LINE, text);
  }

  /** The same for a text that may have several lines, and tabs. */
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
