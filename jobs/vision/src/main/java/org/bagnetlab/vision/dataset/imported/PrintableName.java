package org.bagnetlab.vision.dataset.imported;

import java.util.regex.Pattern;

/**
 * The rule for names of classes and images, which are shown in terminals, lists and logs: none has
 * a character that a terminal would obey, that begins a line, or that turns the order of others.
 */
final class PrintableName {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private PrintableName() {}

  /** Whether a name may be kept. */
  static boolean is(String name) {
    return !UNPRINTABLE.matcher(name).find();
  }

  /** A name in a message, whether or not it may be kept. */
  static String shown(String name) {
    return UNPRINTABLE
        .matcher(name)
        .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
  }
}
