package org.bagnetlab.experiment.request;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What was sent, as a message quotes it: its beginning, for a request can hold a million
 * characters.
 */
public final class Excerpt {

  private static final int LONGEST = 100;

  private Excerpt() {}

  /** The text, cut if it is long. */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    // Half of a character of two parts would be shown as another one.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }

  /** The value as JSON, cut if it is long. */
  public static String of(JsonNode value) {
    String json = of(value.toString());
    return value.isTextual() ? "the string " + json : json;
  }
}
