package org.bagnetlab.server.cli.terminal;

/** States a number of things in words. */
public final class Count {

  private Count() {}

  /** The number with a noun, given in the singular, whose plural ends in s. */
  public static String of(long number, String one) {
    return "%d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }
}
