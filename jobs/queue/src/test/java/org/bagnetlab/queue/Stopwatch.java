package org.bagnetlab.queue;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Nanoseconds that pass only while it is started. */
public final class Stopwatch implements LongSupplier {

  private long passed;
  private long since;
  private boolean started;

  public synchronized void start() {
    since = System.nanoTime();
    started = true;
  }

  public synchronized void stop() {
    passed = getAsLong();
    started = false;
  }

  /** Lets so much time pass at once. */
  public synchronized void pass(Duration duration) {
    passed += duration.toNanos();
  }

  @Override
  public synchronized long getAsLong() {
    return started ? passed + System.nanoTime() - since : passed;
  }
}
