package org.bagnetlab.vision.staging;

/** What has no place in a line of a terminal, a list or a log. */
public final class Unprintable {

  /**
   * Controls of both ranges, text directions, halves of characters, unassigned characters and ends
   * of lines, to stand between the brackets of a pattern.
   */
  public static final String CHARACTERS = "\\p{C}\\u2028\\u2029";

  private Unprintable() {}
}
