package org.bagnetlab.server.cli;

/** Where output goes: a person's terminal, whose last line may move, or a file. */
final class Terminal {

  /** Set by the launcher, which can ask the system; Java cannot in every version. */
  static final boolean INTERACTIVE = Boolean.getBoolean("bagnetlab.terminal");

  /** Goes back to the start of the line and empties it. */
  static final String CLEAR = "\r\033[K";

  private Terminal() {}

  /**
   * A text from a file or a server as it can be shown: what a terminal would obey, or would show
   * out of order, becomes a question mark.
   */
  static String shown(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
