package org.bagnetlab.storage.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats database operations until they succeed, for threads that have nothing else to do: the
 * disk may be full, and what was done must be recorded, so that it is not done again.
 *
 * @param pause after a failure
 * @param failure what the log says of a failure
 */
public record DatabaseRetry(Duration pause, String failure) {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseRetry.class);

  /**
   * Runs an operation until it succeeds. Blocks.
   *
   * @throws InterruptedException if the thread is interrupted between two attempts
   */
  public <T> T untilDone(Supplier<CompletableFuture<T>> work) throws InterruptedException {
    while (true) {
      try {
        return work.get().join();
      } catch (RuntimeException e) {
        LOG.error(failure, e);
        Thread.sleep(pause);
      }
    }
  }
}
