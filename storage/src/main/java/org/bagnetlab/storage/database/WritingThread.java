package org.bagnetlab.storage.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The only thread that writes. It distinguishes being busy from hanging. */
final class WritingThread extends ThreadPoolExecutor {

  /** Work that takes longer than this counts as hanging. */
  private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

  /** When the current work began, in nanoseconds. */
  private volatile long begun = System.nanoTime();

  /** The current work, if it takes long with a large database; null for other work or none. */
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

  /** Runs work that may take long, on this thread. */
  void busyWith(String what, Runnable work) {
    longWork = what;
    try {
      work.run();
    } finally {
      longWork = null;
    }
  }

  /** The current work, if it may take long; empty for other work, or if it hangs. */
  Optional<String> longWork() {
    return Optional.ofNullable(longWork).filter(work -> !hasRunFor(LONGEST_WORK));
  }

  /** Whether the current work began at least this long ago. */
  boolean hasRunFor(Duration time) {
    return System.nanoTime() - begun >= time.toNanos();
  }
}
