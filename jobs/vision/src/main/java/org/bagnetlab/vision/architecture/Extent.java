package org.bagnetlab.vision.architecture;

/**
 * The rows, or the columns, of a map that one position of a pooled map depends on.
 *
 * @param from the first
 * @param to the one after the last
 */
public record Extent(int from, int to) {

  /** The number of rows or columns. */
  public int length() {
    return to - from;
  }
}
