package org.bagnetlab.vision.staging;

import java.util.regex.Pattern;

/** The rule for names of data sets and weights, which are stored in folders with the same name. */
public final class FolderName {

  private static final Pattern POSSIBLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** The message for a name that does not match. */
  public static final String ADVICE = "use up to 64 lower-case letters, digits, '.', '_' and '-'";

  private FolderName() {}

  /**
   * Whether a name is the same on every file system, is not a path, and is not that of a hidden
   * file.
   */
  public static boolean possible(String name) {
    return POSSIBLE.matcher(name).matches();
  }
}
