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

/** Deletes files that have been in the quarantine for long enough. */
public final class QuarantineRetention {

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineRetention.class);

  private final Vertx vertx;
  private final Quarantine quarantine;
  private final Duration keepFor;
  private final Clock clock;

  /** Deletes files moved there longer ago than this. */
  public QuarantineRetention(Vertx vertx, Quarantine quarantine, Duration keepFor, Clock clock) {
    this.vertx = vertx;
    this.quarantine = quarantine;
    this.keepFor = keepFor;
    this.clock = clock;
  }

  /**
   * What was moved to the quarantine at one start.
   *
   * @param name of the directory there
   * @param movedAt when
   * @param deletedAfter when retention deletes it
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

  /** Deletes everything old enough, and returns the number of deletions. */
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
