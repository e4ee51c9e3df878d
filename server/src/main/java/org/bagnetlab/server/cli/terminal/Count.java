package org.bagnetlab.server.cli.terminal;

/** How many there are of something, in words. */
public final class Count {

  private Count() {}

  /** So many of what is called this in the singular, and has a plural in s. */
  public static String of(long number, String one) {
    return "%d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }
}
