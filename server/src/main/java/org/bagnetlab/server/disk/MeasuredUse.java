package org.bagnetlab.server.disk;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.store.Futures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the sizes of the files in the data directory, since a scan can take minutes on a network
 * file system. Never runs two scans at once, and never blocks. Thread-safe.
 */
final class MeasuredUse {

  private static final Logger LOG = LoggerFactory.getLogger(MeasuredUse.class);
  private static final Duration FRESH = Duration.ofMinutes(1);

  /**
   * The reciprocal of the maximum share of time spent measuring. The limit does not apply after
   * files were deleted.
   */
  private static final int SHARE_OF_TIME = 20;

  private final Vertx vertx;
  private final Callable<DiskUse> measure;
  private final LongSupplier nanoTime;
  private @Nullable Measured measured;
  private @Nullable CompletableFuture<DiskUse> measuring;
  private boolean outdated;
  private boolean tooHigh;

  MeasuredUse(Vertx vertx, Callable<DiskUse> measure, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.measure = measure;
    this.nanoTime = nanoTime;
  }

  private record Measured(DiskUse use, long at, long took) {}

  /** The last measurement if it is less than a minute old, or else a new one. */
  Future<DiskUse> now() {
    return Futures.of(vertx, current());
  }

  /** The last measurement. If it is outdated, a new one is started for later callers. */
  Future<DiskUse> lately() {
    return Futures.of(vertx, recent());
  }

  private synchronized CompletableFuture<DiskUse> current() {
    return measured != null && fresh(measured) ? known(measured) : measureAgain();
  }

  private synchronized CompletableFuture<DiskUse> recent() {
    CompletableFuture<DiskUse> now = current();
    return measured == null ? now : known(measured);
  }

  private static CompletableFuture<DiskUse> known(Measured measured) {
    return CompletableFuture.completedFuture(measured.use());
  }

  private boolean fresh(Measured known) {
    long pause = SHARE_OF_TIME * known.took();
    return !tooHigh
        && nanoTime.getAsLong() - known.at()
            < (outdated ? pause : Math.max(FRESH.toNanos(), pause));
  }

  private CompletableFuture<DiskUse> measureAgain() {
    if (measuring != null) {
      return measuring;
    }
    CompletableFuture<DiskUse> begun = new CompletableFuture<>();
    measuring = begun;
    outdated = false;
    tooHigh = false;
    long at = nanoTime.getAsLong();
    // Unordered, since a measurement takes longer than other tasks of this context.
    vertx.executeBlocking(measure, false).onComplete(done -> ended(begun, at, done));
    return begun;
  }

  private void ended(CompletableFuture<DiskUse> begun, long at, AsyncResult<DiskUse> done) {
    synchronized (this) {
      measuring = null;
      if (done.succeeded()) {
        long now = nanoTime.getAsLong();
        measured = new Measured(done.result(), now, now - at);
      } else if (measured != null) {
        // Callers get the previous measurement instead.
        LOG.warn("Cannot measure the size of the data directory", done.cause());
      }
    }
    if (done.succeeded()) {
      begun.complete(done.result());
    } else {
      begun.completeExceptionally(done.cause());
    }
  }

  /** Marks the last measurement as outdated, after files were added or removed. */
  synchronized void forget() {
    outdated = true;
  }

  /** Called when users or retention deleted files: jobs may be waiting for the space. */
  synchronized void freed() {
    tooHigh = true;
  }
}
