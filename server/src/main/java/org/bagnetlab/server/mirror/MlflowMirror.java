package org.bagnetlab.server.mirror;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.bundle.RunRecord;
import org.bagnetlab.server.bundle.RunRecords;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each training that succeeded to an MLflow server, the oldest first. Which it has is
 * stored, so that a server that was away gets all of them, and a restart repeats none.
 */
public final class MlflowMirror {

  private static final Logger LOG = LoggerFactory.getLogger(MlflowMirror.class);

  private final MlflowAddress address;
  private final Database database;
  private final String lab;
  private final Pauses pauses;
  private final DatabaseRetry retry;
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("mirror").unstarted(this::run);

  /**
   * How long the mirror waits.
   *
   * @param timeout for a response
   * @param retry after a failure
   */
  public record Pauses(Duration timeout, Duration retry) {

    /** The usual ones. */
    public static final Pauses STANDARD = new Pauses(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  /**
   * A mirror that does not run yet.
   *
   * @param lab identity of this lab
   */
  public MlflowMirror(MlflowAddress address, Database database, String lab, Pauses pauses) {
    this.address = address;
    this.database = database;
    this.lab = lab;
    this.pauses = pauses;
    this.retry =
        new DatabaseRetry(pauses.retry(), "The trainings to mirror cannot be read or recorded");
  }

  /** Starts writing trainings, on a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Tells the mirror to look for new trainings. */
  public void wake() {
    wakes.release();
  }

  /** Ends the mirror: a training that is being written will be written again. */
  public void close() {
    closing.countDown();
    thread.interrupt();
  }

  private void run() {
    try (MlflowClient client = new MlflowClient(address, pauses.timeout())) {
      while (closing.getCount() > 0) {
        wakes.drainPermits();
        if (writeAll(client)) {
          wakes.acquire();
        } else {
          var _ = closing.await(pauses.retry().toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the trainings that the server lacks. Returns whether it has all of them now. */
  private boolean writeAll(MlflowClient client) throws InterruptedException {
    boolean all = true;
    long last = 0;
    while (closing.getCount() > 0) {
      long after = last;
      Optional<Long> next =
          retry.untilDone(
              () -> database.read(tables -> tables.mirrored().next(address.id(), after)));
      if (next.isEmpty()) {
        return all;
      }
      long job = next.get();
      Optional<MirrorFailure.Scope> failure = write(client, job);
      if (failure.isEmpty()) {
        var _ =
            retry.untilDone(
                () -> database.write(tables -> tables.mirrored().put(address.id(), job)));
      } else if (failure.get() == MirrorFailure.Scope.SERVER) {
        return false;
      } else {
        all = false;
      }
      last = job;
    }
    return all;
  }

  /** Writes a training. Returns why it has to be tried again; empty if it need not. */
  private Optional<MirrorFailure.Scope> write(MlflowClient client, long job)
      throws InterruptedException {
    Optional<RunRecord> run =
        retry.untilDone(() -> database.read(tables -> RunRecords.of(tables, lab, job)));
    try {
      if (run.isPresent()) {
        client.write(MlflowRun.of(run.get()));
      }
      return Optional.empty();
    } catch (MirrorFailure e) {
      if (e.scope() == MirrorFailure.Scope.TRAINING) {
        LOG.error("{} will not have run {}, since {}", address, job, e.getMessage());
        return Optional.empty();
      }
      LOG.warn("{} does not have run {} yet, since {}", address, job, e.getMessage());
      return Optional.of(e.scope());
    } catch (RuntimeException e) {
      // Its message is not shown: it may contain the token.
      LOG.error("{} will not have run {}: {}", address, job, e.getClass().getName());
      return Optional.empty();
    }
  }
}
