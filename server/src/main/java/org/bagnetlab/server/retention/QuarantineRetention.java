package org.bagnetlab.server.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bagnetlab.storage.directory.Quarantine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes quarantined files after a certain time. */
public final class QuarantineRetention {

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineRetention.class);

  private final Vertx vertx;
  private final Quarantine quarantine;
  private final Duration keepFor;
  private final Clock clock;

  /** Creates the retention of a quarantine that keeps files for this time. */
  public QuarantineRetention(Vertx vertx, Quarantine quarantine, Duration keepFor, Clock clock) {
    this.vertx = vertx;
    this.quarantine = quarantine;
    this.keepFor = keepFor;
    this.clock = clock;
  }

  /**
   * The files that were moved to the quarantine when the server started once.
   *
   * @param name name of the directory that contains them
   * @param movedAt when they were moved to the quarantine
   * @param deletedAfter time after which they are deleted
   */
  public record Kept(String name, Instant movedAt, Instant deletedAfter) {}

  /** The contents of the quarantine, the oldest first. */
  public Future<List<Kept>> kept() {
    return vertx.executeBlocking(
        () -> quarantine.entries().stream().map(this::kept).toList(), false);
  }

  private Kept kept(Quarantine.Entry entry) {
    return new Kept(
        String.valueOf(entry.directory().getFileName()), entry.at(), entry.at().plus(keepFor));
  }

  /** Deletes all files that are old enough, and returns the number of deletions. */
  public Future<Integer> run() {
    return vertx.executeBlocking(this::delete, false);
  }

  private int delete() throws IOException {
    int deleted = 0;
    for (Quarantine.Entry entry : quarantine.entries()) {
      if (!entry.at().plus(keepFor).isAfter(clock.instant())) {
        quarantine.delete(entry);
        LOG.info(
            "Retention deleted {}, which was moved there at {}", entry.directory(), entry.at());
        deleted++;
      }
    }
    return deleted;
  }
}
