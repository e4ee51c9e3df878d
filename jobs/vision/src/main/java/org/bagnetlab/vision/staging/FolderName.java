package org.bagnetlab.vision.staging;

import java.util.regex.Pattern;

/** The names that people give to what lies in a folder of its own: a data set, weights. */
public final class FolderName {

  private static final Pattern POSSIBLE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private FolderName() {}

  /** Whether it is the same on every file system, leaves no folder and hides no file. */
  public static boolean possible(String name) {
    return POSSIBLE.matcher(name).matches();
  }
}
