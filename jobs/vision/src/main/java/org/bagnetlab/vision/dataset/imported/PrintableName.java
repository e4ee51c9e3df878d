package org.bagnetlab.vision.dataset.imported;

import java.util.regex.Pattern;

/**
 * The rule for names of classes and images, which are shown in terminals, lists and logs: they must
 * not contain characters that control a terminal, begin a new line, or reverse the order of other
 * characters.
 */
final class PrintableName {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private PrintableName() {}

  /** Whether a name is allowed. */
  static boolean is(String name) {
    return !UNPRINTABLE.matcher(name).find();
  }

  /** A name in printable form for messages, whether or not it is allowed. */
  static String shown(String name) {
    return UNPRINTABLE
        .matcher(name)
        .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
  }
}
