package org.bagnetlab.server.retention;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.disk.ByteSize;
import org.bagnetlab.server.retention.RetentionPlan.Verdict;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.TransitionRow;
import org.bagnetlab.storage.retention.RemovalRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files of ended jobs according to the retention rules. The files are selected and their
 * rows deleted in one transaction on the writing thread of the database, so no job that needs a
 * file can be queued in between. Files are deleted after their rows; if the server crashes in
 * between, the remaining files are removed at the next start. The timeline of a job lists its
 * removed files.
 */
public final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int SHOWN = 50;

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;
  private final RetentionRules rules;
  private final Clock clock;

  /** Creates the retention of a store according to these rules. */
  public Retention(
      Vertx vertx, Database database, ArtifactStore artifacts, RetentionRules rules, Clock clock) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
    this.rules = rules;
    this.clock = clock;
  }

  /** The rules. */
  public RetentionRules rules() {
    return rules;
  }

  private RetentionPolicy policy() {
    return new RetentionPolicy(rules, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** Returns the files that would be removed now, without changing anything. */
  public Future<RetentionPlan> preview() {
    RetentionPolicy policy = policy();
    return Futures.of(vertx, database.read(policy::verdicts)).map(RetentionPlan::of);
  }

  /** The files that were removed, the most recent removal first. */
  public Future<List<RemovalRow>> removed() {
    return Futures.of(vertx, database.read(tables -> tables.retention().newest(SHOWN)));
  }

  /** Removes the files, and returns them. */
  public Future<RetentionPlan> run() {
    // Usually there is nothing to remove, and finding this out must not block writers.
    return preview()
        .compose(preview -> preview.files().isEmpty() ? Future.succeededFuture(preview) : remove());
  }

  private Future<RetentionPlan> remove() {
    RetentionPolicy policy = policy();
    return Futures.of(
            vertx,
            database.writeThrough(
                tables -> {
                  List<Verdict> verdicts = policy.verdicts(tables);
                  forget(tables, verdicts, policy.now());
                  return verdicts;
                },
                Retention::log))
        .compose(
            verdicts ->
                Futures.of(vertx, artifacts.deleteFiles(files(verdicts)))
                    .map(RetentionPlan.of(verdicts)));
  }

  private static List<ArtifactRow> files(List<Verdict> verdicts) {
    return verdicts.stream().map(verdict -> verdict.row().artifact()).toList();
  }

  private static void forget(Tables tables, List<Verdict> verdicts, Instant now) {
    for (ArtifactRow file : files(verdicts)) {
      tables.artifacts().remove(file.id());
      tables
          .retention()
          .insert(new RemovalRow(file.job(), file.kind(), file.name(), file.size(), now));
    }
    byJob(verdicts).forEach((job, ofJob) -> note(tables, job, ofJob, now));
  }

  private static Map<Long, List<Verdict>> byJob(List<Verdict> verdicts) {
    return verdicts.stream()
        .collect(
            Collectors.groupingBy(
                verdict -> verdict.row().artifact().job(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static void note(Tables tables, long job, List<Verdict> verdicts, Instant now) {
    String state = verdicts.get(0).row().state();
    tables.retention().noCheckpoint(job);
    tables
        .jobs()
        .insert(
            job,
            new TransitionRow(
                now,
                Optional.of(state),
                state,
                Causes.row(new Cause.FilesRemoved(list(verdicts)))));
  }

  private static String list(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(verdict -> verdict.row().artifact())
        .map(file -> "%s (%s)".formatted(file.name(), ByteSize.text(file.size())))
        .collect(Collectors.joining(", "));
  }

  private static void log(List<Verdict> verdicts) {
    byJob(verdicts)
        .forEach(
            (job, ofJob) ->
                LOG.info(
                    "Retention removed {} of job {}: {}", list(ofJob), job, ofJob.get(0).reason()));
  }
}
