package org.bagnetlab.server.disk;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the files add up to, for to look at all of them takes long: on a network file
 * system, minutes. While one caller looks again, others get what was found before.
 */
final class MeasuredUse {

  private static final Duration FRESH = Duration.ofMinutes(1);

  /** Of the time, this share at most is spent on looking. */
  private static final int RARELY = 20;

  private final Callable<DiskUse> measure;
  private final LongSupplier nanoTime;
  private final ReentrantLock measuring = new ReentrantLock();
  private volatile @Nullable Measured measured;
  private volatile boolean forgotten;

  MeasuredUse(Callable<DiskUse> measure, LongSupplier nanoTime) {
    this.measure = measure;
    this.nanoTime = nanoTime;
  }

  private record Measured(DiskUse use, long at, long took) {}

  /** Of the last minute, or of now. Blocks. */
  DiskUse now() throws IOException {
    Measured known = measured;
    if (known != null && fresh(known)) {
      return known.use();
    }
    if (known == null) {
      measuring.lock();
    } else if (!measuring.tryLock()) {
      return known.use();
    }
    try {
      Measured meanwhile = measured;
      return meanwhile != null && fresh(meanwhile) ? meanwhile.use() : measureAgain();
    } finally {
      measuring.unlock();
    }
  }

  private boolean fresh(Measured known) {
    long rarely = RARELY * known.took();
    return nanoTime.getAsLong() - known.at()
        < (forgotten ? rarely : Math.max(FRESH.toNanos(), rarely));
  }

  private DiskUse measureAgain() throws IOException {
    forgotten = false;
    long begun = nanoTime.getAsLong();
    DiskUse use = measured();
    long ended = nanoTime.getAsLong();
    measured = new Measured(use, ended, ended - begun);
    return use;
  }

  private DiskUse measured() throws IOException {
    try {
      return measure.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Files came or went: what was found does not hold any more. */
  void forget() {
    forgotten = true;
  }
}
