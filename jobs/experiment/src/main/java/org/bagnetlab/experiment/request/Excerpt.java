package org.bagnetlab.experiment.request;

import com.fasterxml.jackson.databind.JsonNode;

/** Shortens a request's values for messages: a request may have a million characters. */
public final class Excerpt {

  private static final int LONGEST = 100;

  private Excerpt() {}

  /** The text, cut if it is long. */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    // A lone surrogate would be shown as another character.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }

  /** The value as JSON, cut if it is long. */
  public static String of(JsonNode value) {
    String json = of(value.toString());
    return value.isTextual() ? "the text " + json : json;
  }
}
