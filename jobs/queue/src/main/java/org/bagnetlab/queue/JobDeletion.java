package org.bagnetlab.queue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.file.ArtifactStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes jobs that have ended, together with their files. */
final class JobDeletion {

  private static final Logger LOG = LoggerFactory.getLogger(JobDeletion.class);

  private final Vertx vertx;
  private final DataDirectory directory;
  private final Database database;
  private final ArtifactStore artifacts;
  private final JobStore jobs;
  private final QueueEvents events;

  JobDeletion(Vertx vertx, QueueSetup setup, JobStore jobs, QueueEvents events) {
    this.vertx = vertx;
    this.directory = setup.storage().directory();
    this.database = setup.storage().database();
    this.artifacts = setup.storage().artifacts();
    this.jobs = jobs;
    this.events = events;
  }

  /**
   * Removes an ended job, its rows and files. Fails with {@link JobConflict} if another job needs
   * it.
   */
  Future<Void> delete(long id) {
    return jobs.delete(id)
        .compose(
            deleted -> {
              Future<Long> files = deleteFiles(id);
              // Do not wait for a backup to finish reading the files. This is checked only now: if
              // it were checked earlier, the deletion would wait for a backup that began in
              // between.
              return artifacts.keepsFiles() ? Future.succeededFuture(id) : files;
            })
        .mapEmpty();
  }

  private Future<Long> deleteFiles(long id) {
    return Futures.of(vertx, artifacts.deleteFiles(id))
        .compose(
            deleted ->
                vertx.executeBlocking(
                    () -> {
                      FileTree.delete(directory.run(id));
                      return id;
                    }))
        .onSuccess(this::forgetDeletion)
        .onSuccess(gone -> events.publish(new QueueEvent.FilesDeleted(id)));
  }

  /**
   * Removes the row of a completed deletion. Callers do not wait for this: if it fails, the next
   * start finds no files and removes the row.
   */
  private void forgetDeletion(long job) {
    Futures.of(
            vertx,
            database.write(
                tables -> {
                  tables.deletions().removeJob(job);
                  return job;
                }))
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("job", job)
                    .setCause(failure)
                    .log("The deletion of job {} was not recorded", job));
  }

  /** Deletes the files of jobs whose rows are removed, one job after the other. */
  void deleteFiles(List<Long> deleted) {
    Future<Long> files = Future.succeededFuture();
    for (long id : deleted) {
      files =
          files
              .compose(before -> deleteFiles(id))
              .onFailure(
                  failure -> {
                    // Work is rejected when the server shuts down, possibly with thousands of files
                    // still to delete.
                    if (!(failure instanceof RejectedExecutionException)) {
                      LOG.atWarn()
                          .addKeyValue("job", id)
                          .setCause(failure)
                          .log("Files of job {} were not removed", id);
                    }
                  })
              .otherwise(id);
    }
  }
}
