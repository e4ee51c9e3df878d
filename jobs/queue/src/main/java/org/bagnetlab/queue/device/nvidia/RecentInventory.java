package org.bagnetlab.queue.device.nvidia;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Caches the newest result of nvidia-smi, so that concurrent callers share one query. */
public final class RecentInventory {

  private final NvidiaSmi smi;
  private final Clock clock;
  private volatile @Nullable Look latest;

  /**
   * Nothing was seen yet.
   *
   * @param clock for the times of readings
   */
  public RecentInventory(NvidiaSmi smi, Clock clock) {
    this.smi = smi;
    this.clock = clock;
  }

  /** The GPUs as they were seen no longer ago than this. May wait for nvidia-smi to answer. */
  public synchronized Look look(Duration atMostAgo) {
    Look seen = latest;
    if (seen == null || System.nanoTime() - seen.begun() > atMostAgo.toNanos()) {
      long begun = System.nanoTime();
      Inventory inventory = smi.inventory();
      seen = new Look(inventory, clock.instant(), begun);
      latest = seen;
    }
    return seen;
  }

  /** What was seen last, without waiting. */
  public Optional<Look> latest() {
    return Optional.ofNullable(latest);
  }

  /**
   * What was seen when.
   *
   * @param inventory the GPUs
   * @param at when nvidia-smi had answered
   * @param begun what {@link System#nanoTime} was when it was asked
   */
  public record Look(Inventory inventory, Instant at, long begun) {}
}
