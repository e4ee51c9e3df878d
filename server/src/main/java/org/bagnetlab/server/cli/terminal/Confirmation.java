package org.bagnetlab.server.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Asks the user at a terminal for confirmation before data is lost; {@code --yes} confirms in
 * advance.
 */
public final class Confirmation {

  /**
   * System property that the launcher sets if a user can answer: standard input and standard error
   * are terminals.
   */
  private static final String ANSWERS = "bagnetlab.answers";

  @Option(names = "--yes", description = "Do not ask for confirmation.")
  private boolean yes;

  /**
   * Asks for confirmation, and returns only if the answer is yes.
   *
   * @param what sentence about what will be lost
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
   * Like {@link #demand}, but without a terminal the answer is yes: for commands that scripts
   * already used before a confirmation was added.
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
