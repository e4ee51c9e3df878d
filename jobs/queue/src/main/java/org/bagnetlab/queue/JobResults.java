package org.bagnetlab.queue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent.ArtifactWritten;
import org.bagnetlab.protocol.WorkerEvent.EpochEnded;
import org.bagnetlab.protocol.WorkerEvent.Measured;
import org.bagnetlab.queue.QueueEvent.ArtifactStored;
import org.bagnetlab.queue.QueueEvent.EpochStored;
import org.bagnetlab.queue.QueueEvent.MeasurementStored;
import org.bagnetlab.storage.ArtifactClaim;
import org.bagnetlab.storage.ArtifactRow;
import org.bagnetlab.storage.ArtifactStore;
import org.bagnetlab.storage.Database;
import org.bagnetlab.storage.EpochRow;
import org.bagnetlab.storage.MeasurementRow;

/** Stores what a running job finds out, and publishes it. */
final class JobResults {

  private static final int KEPT_STATES = 2;

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;
  private final QueueEvents events;

  JobResults(Vertx vertx, Database database, ArtifactStore artifacts, QueueEvents events) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
    this.events = events;
  }

  Future<EpochEnded> store(long job, EpochEnded epoch) {
    EpochRow row =
        new EpochRow(
            epoch.epoch(),
            epoch.learningRate(),
            epoch.trainLoss(),
            epoch.trainAccuracy(),
            epoch.validationLoss(),
            epoch.validationAccuracy(),
            epoch.best(),
            epoch.seconds());
    return Futures.of(
        vertx,
        database.write(
            tables -> {
              tables.runs().put(job, row);
              return epoch;
            },
            stored -> events.publish(new EpochStored(job, stored))));
  }

  Future<Measured> store(long job, Measured measured) {
    MeasurementRow row =
        new MeasurementRow(
            Subjects.name(measured.set()),
            measured.accuracy(),
            measured.correct(),
            measured.images(),
            measured.loss());
    return Futures.of(
        vertx,
        database.write(
            tables -> {
              tables.runs().put(job, row);
              return measured;
            },
            stored -> events.publish(new MeasurementStored(job, stored))));
  }

  /** Fails with {@link org.bagnetlab.storage.ArtifactRefused} if the file is not as claimed. */
  Future<ArtifactRow> store(long job, Path workerDirectory, ArtifactWritten written, Instant at) {
    ArtifactClaim claim =
        new ArtifactClaim(
            Subjects.name(written.kind()),
            written.path(),
            written.mediaType(),
            written.sha256(),
            written.size(),
            Json.line(written.facts()),
            written.replaces());
    return Futures.of(
        vertx,
        artifacts.takeOver(
            job,
            workerDirectory,
            claim,
            at,
            JobResults::outdated,
            stored -> events.publish(new ArtifactStored(stored))));
  }

  /**
   * A training needs its two newest states, the older for the case that the newer is damaged. Once
   * it has ended it needs none: its checkpoint was verified when it was taken over.
   */
  private static List<ArtifactRow> outdated(List<ArtifactRow> all) {
    boolean trained =
        all.stream()
            .anyMatch(artifact -> artifact.kind().equals(Subjects.name(ArtifactKind.CHECKPOINT)));
    List<ArtifactRow> states =
        all.stream()
            .filter(artifact -> artifact.kind().equals(Subjects.name(ArtifactKind.TRAINING_STATE)))
            .toList();
    return states.subList(0, Math.max(0, states.size() - (trained ? 0 : KEPT_STATES)));
  }
}
