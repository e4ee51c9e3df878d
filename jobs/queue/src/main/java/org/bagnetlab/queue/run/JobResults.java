package org.bagnetlab.queue.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent.ArtifactWritten;
import org.bagnetlab.protocol.WorkerEvent.EpochEnded;
import org.bagnetlab.protocol.WorkerEvent.Result;
import org.bagnetlab.queue.event.QueueEvent.ArtifactStored;
import org.bagnetlab.queue.event.QueueEvent.EpochStored;
import org.bagnetlab.queue.event.QueueEvent.ResultStored;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cost.CostRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.file.ArtifactClaim;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/** Stores the results of a running job, and publishes them. */
public final class JobResults {

  private static final int KEPT_STATES = 2;

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;
  private final QueueEvents events;

  public JobResults(Vertx vertx, Database database, ArtifactStore artifacts, QueueEvents events) {
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

  /**
   * Stores a result. Refuses an output that the job's experiment does not declare, because no table
   * would show it.
   */
  Future<Result> store(Job job, Result result) {
    boolean declared =
        Experiments.of(job.spec()).stream()
            .flatMap(experiment -> experiment.outputs().stream())
            .anyMatch(
                output ->
                    output.name().equals(result.output())
                        && output.metric().name().equals(result.metric()));
    if (!declared) {
      return Future.failedFuture(
          new JobFailure(
              JobError.internal(
                  "undeclared-output",
                  "The experiment '%s' declares no output '%s' with metric '%s'."
                      .formatted(job.spec().kind(), result.output(), result.metric()))));
    }
    ResultRow row =
        new ResultRow(
            job.id(),
            result.output(),
            result.metric(),
            result.set(),
            axes(result),
            result.value(),
            result.images());
    return Futures.of(
        vertx,
        database.write(
            tables -> {
              tables.results().put(row);
              return result;
            },
            stored -> events.publish(new ResultStored(job.id(), stored))));
  }

  /** Stores what a worker cost so far. */
  Future<CostRow> store(CostRow cost) {
    return Futures.of(
        vertx,
        database.write(
            tables -> {
              tables.costs().put(cost);
              return cost;
            }));
  }

  /** The axes as text; equal positions have equal texts. */
  private static String axes(Result result) {
    Map<String, JsonNode> ordered = new TreeMap<>();
    result.axes().properties().forEach(axis -> ordered.put(axis.getKey(), axis.getValue()));
    return Json.line(ordered);
  }

  /**
   * Stores a file. Fails with {@link org.bagnetlab.storage.file.ArtifactRefused} if the file is not
   * as the worker described it.
   */
  Future<ArtifactRow> store(long job, Path workerDirectory, ArtifactWritten written, Instant at) {
    ArtifactClaim claim =
        new ArtifactClaim(
            written.output(),
            ArtifactRows.name(written.kind()),
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
   * The files that are no longer needed. A training needs its two newest states: the older one in
   * case the newer one is damaged. Once it has ended it needs no states, because its checkpoint was
   * verified when the server took it over.
   */
  private static List<ArtifactRow> outdated(List<ArtifactRow> all) {
    boolean trained =
        all.stream().anyMatch(artifact -> artifact.kind().equals(ArtifactRows.CHECKPOINT));
    List<ArtifactRow> states =
        all.stream()
            .filter(artifact -> artifact.kind().equals(ArtifactRows.TRAINING_STATE))
            .toList();
    return states.subList(0, Math.max(0, states.size() - (trained ? 0 : KEPT_STATES)));
  }
}
