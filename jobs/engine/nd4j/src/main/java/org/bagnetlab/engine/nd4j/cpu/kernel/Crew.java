package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A group of threads that do one piece of work together: the calling thread and its helpers. A
 * training step consists of thousands of pieces of about ten microseconds each, so a helper spins
 * for a while before it sleeps.
 */
public final class Crew implements AutoCloseable {

  /**
   * Number of spins before a helper sleeps, about 40 microseconds: longer than the time between two
   * pieces of work, but shorter than a time slice of the scheduler.
   */
  private static final int ROUNDS_AWAKE = 1000;

  /** A piece of work that can be divided into shares. */
  @FunctionalInterface
  public interface Work {
    /** Does the share of one member. */
    void share(int member);
  }

  private final Loops loops;
  private final Thread[] helpers;
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger pieces = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Work work;
  private volatile @Nullable Throwable failure;

  public Crew(int members, Loops loops) {
    this.loops = loops;
    helpers = new Thread[members - 1];
    for (int i = 0; i < helpers.length; i++) {
      int member = i + 1;
      helpers[i] = new Thread(() -> help(member), "crew-" + member);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  /** The loops that members use. */
  public Loops loops() {
    return loops;
  }

  public int members() {
    return helpers.length + 1;
  }

  /**
   * Runs every member's share, with the calling thread as member 0, and returns when all shares are
   * done.
   *
   * @throws IllegalStateException if a helper failed, with the helper's exception as the cause;
   *     errors are rethrown unchanged
   */
  public void together(Work next) {
    failure = null;
    work = next;
    busy.set(helpers.length);
    pieces.incrementAndGet();
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    try {
      next.share(0);
    } finally {
      while (busy.get() > 0) {
        Thread.onSpinWait();
      }
    }
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error; // unchanged, since an OutOfMemoryError affects whether a job is retried
    }
    if (thrown != null) {
      throw new IllegalStateException("a helper failed: " + thrown, thrown);
    }
  }

  private void help(int member) {
    int done = 0;
    while (true) {
      for (int round = 0; pieces.get() == done; round++) {
        if (closed) {
          return;
        }
        if (round < ROUNDS_AWAKE) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      done++;
      try {
        Work mine = work;
        if (mine != null) {
          mine.share(member);
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        busy.decrementAndGet();
      }
    }
  }

  /**
   * The index of a member's first item out of {@code count} items; the member's items end before
   * the next member's first.
   */
  public int start(int count, int member) {
    return (int) ((long) count * member / members());
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
