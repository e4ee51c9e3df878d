package org.bagnetlab.experiment.request;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a mistyped name was probably meant to be. */
public final class Alike {

  /** Names with more letters to insert, delete or replace are other names. */
  private static final int MOST_EDITS = 2;

  private Alike() {}

  /** The known name that is most like a name; empty if none is nearly the same. */
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        // A request may have a name of a megabyte.
        .filter(other -> Math.abs(name.length() - other.length()) <= MOST_EDITS)
        .filter(other -> edits(name, other) <= Math.min(MOST_EDITS, other.length() / 2))
        .min(
            Comparator.<String>comparingInt(other -> edits(name, other))
                .thenComparing(other -> other));
  }

  /** The Levenshtein distance, whatever the case of the letters. */
  private static int edits(String name, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= name.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(name.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
