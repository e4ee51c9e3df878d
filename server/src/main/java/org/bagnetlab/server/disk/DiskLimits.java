package org.bagnetlab.server.disk;

import java.util.Optional;

/**
 * Limits of disk usage.
 *
 * @param quota maximum size of the data directory in bytes; empty if unlimited
 * @param reserve free bytes of the file system below which no job is started; if empty, {@link
 *     #reserve(long)}
 * @param warnAt used fraction of the quota, or of the file system, at which a warning is shown; if
 *     empty, {@link #warnBelow(long)}
 */
public record DiskLimits(Optional<Long> quota, Optional<Long> reserve, Optional<Double> warnAt) {

  private static final double WARN_AT = 0.8;
  private static final double RESERVED = 0.02;
  private static final long MOST_RESERVED = 5_000_000_000L;

  /** By default, no warning is shown while free space is above this many times the reserve. */
  private static final int WARN_AT_RESERVES = 10;

  /** The defaults: no quota, and a reserve that suits both laptops and servers. */
  public static DiskLimits standard() {
    return new DiskLimits(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The free bytes required on a file system of this size: 2 % of its size, but at most 5 GB, which
   * is enough for several training states of the largest network.
   */
  public long reserve(long total) {
    return reserve.orElse(Math.min((long) (total * RESERVED), MOST_RESERVED));
  }

  /**
   * The free bytes at which a warning is shown on a file system of this size: a fifth of its size,
   * but at most ten times the reserve. Without this maximum, a shared disk of 4 TB would cause
   * warnings long before it is full.
   */
  public long warnBelow(long total) {
    return warnAt
        .map(share -> (long) (total * (1 - share)))
        .orElseGet(
            () -> Math.min((long) (total * (1 - WARN_AT)), WARN_AT_RESERVES * reserve(total)));
  }

  /** The used bytes at which a warning is shown, for this quota. */
  public long warnAbove(long bytes) {
    return (long) (bytes * warnAt.orElse(WARN_AT));
  }
}
