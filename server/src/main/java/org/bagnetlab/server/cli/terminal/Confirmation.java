package org.bagnetlab.server.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Asks before something is lost: a person at a terminal is asked, and {@code --yes} answers in
 * advance.
 */
public final class Confirmation {

  /** Set by the launcher where a person can answer: input and errors are a terminal's. */
  private static final String ANSWERS = "bagnetlab.answers";

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  private boolean yes;

  /**
   * Returns if it is to be done.
   *
   * @param what what will be lost, as a sentence
   * @throws Failure if the answer is no, or there is no terminal to ask at and {@code --yes} is
   *     missing
   */
  public void demand(String what) throws IOException {
    if (!yes && !Boolean.getBoolean(ANSWERS)) {
      throw new Failure(
          "%s There is no terminal to confirm this at: add --yes if it is intended."
              .formatted(what));
    }
    ask(what);
  }

  /**
   * As {@link #demand}, but without a terminal it is done: for commands that scripts used before
   * they asked.
   */
  public void ask(String what) throws IOException {
    if (yes || !Boolean.getBoolean(ANSWERS)) {
      return;
    }
    System.err.print(what + " Go on? [y/N] ");
    System.err.flush();
    String answer = line();
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new Failure("Nothing was changed.");
    }
  }

  private static @Nullable String line() throws IOException {
    return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
        .readLine();
  }
}
