package org.bagnetlab.storage.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread that writes. It tells a thread that is busy from one that hangs. */
final class WritingThread extends ThreadPoolExecutor {

  /** What takes longer than this hangs, whatever it is. */
  private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

  /** When what it is at began, in nanoseconds. */
  private volatile long begun = System.nanoTime();

  /** What it is at that takes long with a large database; null: something else, or nothing. */
  private volatile @Nullable String longWork;

  WritingThread() {
    super(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        StorageThreads.named("database-writer"));
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable work) {
    begun = System.nanoTime();
  }

  /** Does what may take long, on this thread. */
  void busyWith(String what, Runnable work) {
    longWork = what;
    try {
      work.run();
    } finally {
      longWork = null;
    }
  }

  /** What it is at that takes long; empty: something else, or it hangs in it. */
  Optional<String> longWork() {
    return Optional.ofNullable(longWork).filter(work -> !isAtItFor(LONGEST_WORK));
  }

  /** Whether what it is at began so long ago. */
  boolean isAtItFor(Duration time) {
    return System.nanoTime() - begun >= time.toNanos();
  }
}
