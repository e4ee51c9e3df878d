package org.bagnetlab.protocol;

/**
 * The part of a GPU's memory that a worker's engine may allocate.
 *
 * @param bytes the part, greater than 0
 * @param total memory of the GPU in bytes, at least as much
 */
public record MemoryShare(long bytes, long total) {

  private static final double GIB = 1 << 30;

  /** Checks the values. */
  public MemoryShare {
    if (bytes <= 0 || bytes > total) {
      throw new IllegalArgumentException("a share of %d of %d bytes".formatted(bytes, total));
    }
  }

  /** The part as a fraction, greater than 0 and at most 1. */
  public double fraction() {
    return (double) bytes / total;
  }

  /** The part as text: {@code 5.3 GiB}. */
  public String text() {
    return "%.1f GiB".formatted(bytes / GIB);
  }
}
