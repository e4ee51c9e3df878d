package org.bagnetlab.server.cli.terminal;

/** Formats a number of things as text. */
public final class Count {

  private Count() {}

  /** The number with a noun. The noun is given in the singular; its plural is formed with s. */
  public static String of(long number, String one) {
    return "%d %s%s".formatted(number, one, number == 1 ? "" : "s");
  }
}
