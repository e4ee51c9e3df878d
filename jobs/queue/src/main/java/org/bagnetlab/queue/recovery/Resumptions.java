package org.bagnetlab.queue.recovery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment.Resumption;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.TransitionRow;

/**
 * Finds the newest intact file that a training can resume from, and deletes the results that its
 * worker will produce again, so that no history contains duplicates.
 */
public final class Resumptions {

  private final Vertx vertx;
  private final Database database;
  private final ArtifactStore artifacts;

  public Resumptions(Vertx vertx, Database database, ArtifactStore artifacts) {
    this.vertx = vertx;
    this.database = database;
    this.artifacts = artifacts;
  }

  /**
   * The file that a job resumes from.
   *
   * @param file empty if the job starts from the beginning
   * @param notes causes to add to its timeline
   */
  public record Found(Optional<Resumption> file, List<Cause> notes) {}

  /** Prepares a job for its next worker. */
  public Future<Found> prepare(Job job) {
    return Futures.of(vertx, database.read(tables -> Before.of(tables, job.id())))
        .compose(
            before ->
                firstIntact(
                        job.spec() instanceof TrainSpec ? candidates(before.files()) : List.of())
                    .compose(
                        choice -> discardLaterResults(job.id(), before.files(), choice).map(choice))
                    .map(choice -> found(choice, before.interrupted())));
  }

  /** Whether a worker ended before its job; one that Slurm never placed has not begun it. */
  static boolean interrupted(TransitionRow change) {
    return change.to().equals(JobState.Name.INTERRUPTED.name())
        && !(Causes.of(change.cause()) instanceof Cause.SlurmUnreachable);
  }

  /** What earlier workers of a job left, and whether one of them was interrupted. */
  private record Before(List<ArtifactRow> files, boolean interrupted) {
    static Before of(Tables tables, long job) {
      return new Before(
          tables.artifacts().ofJob(job),
          tables.jobs().transitions(job).stream().anyMatch(Resumptions::interrupted));
    }
  }

  /** The states of an unfinished training, newest first, or the best epoch of a finished one. */
  private static List<ArtifactRow> candidates(List<ArtifactRow> all) {
    return all.stream()
        .filter(artifact -> ArtifactRows.resumable(artifact.kind()))
        .sorted(Comparator.comparing(ArtifactRow::id, Comparator.reverseOrder()))
        .toList();
  }

  /** Verifies the whole file of an artifact. Returns what is wrong; empty if it is intact. */
  public Future<Optional<String>> check(ArtifactRow artifact) {
    return Futures.of(vertx, artifacts.check(artifact));
  }

  /** The chosen file, and the problems of the newer files. */
  private record Choice(Optional<ArtifactRow> file, Map<ArtifactRow, String> damaged) {}

  private Future<Choice> firstIntact(List<ArtifactRow> candidates) {
    return firstIntact(candidates, new LinkedHashMap<>());
  }

  private Future<Choice> firstIntact(
      List<ArtifactRow> candidates, Map<ArtifactRow, String> damaged) {
    if (candidates.isEmpty()) {
      return Future.succeededFuture(new Choice(Optional.empty(), damaged));
    }
    ArtifactRow first = candidates.get(0);
    return check(first)
        .compose(
            problem -> {
              if (problem.isEmpty()) {
                return Future.succeededFuture(new Choice(Optional.of(first), damaged));
              }
              damaged.put(first, problem.get());
              return firstIntact(candidates.subList(1, candidates.size()), damaged);
            });
  }

  private Future<Integer> discardLaterResults(long job, List<ArtifactRow> all, Choice choice) {
    List<ArtifactRow> forgotten = new ArrayList<>();
    for (ArtifactRow artifact : all) {
      boolean older =
          choice.file().filter(chosen -> artifact.id() < chosen.id()).isPresent()
              && artifact.kind().equals(ArtifactRows.TRAINING_STATE);
      if (!older && !choice.file().filter(artifact::equals).isPresent()) {
        forgotten.add(artifact);
      }
    }
    return Futures.of(
            vertx,
            database.write(
                tables -> {
                  forgotten.forEach(artifact -> tables.artifacts().remove(artifact.id()));
                  tables.runs().forgetAfter(job, choice.file().map(Resumptions::ended).orElse(0));
                  tables.results().forget(job);
                  return forgotten;
                }))
        .compose(rows -> Futures.of(vertx, artifacts.deleteFiles(rows)));
  }

  /** The number of completed epochs when a file was written. */
  private static int ended(ArtifactRow artifact) {
    return artifact.kind().equals(ArtifactRows.CHECKPOINT)
        ? Integer.MAX_VALUE
        : number(artifact, "epoch") - 1;
  }

  private static String fact(ArtifactRow artifact, String name) {
    return ArtifactRows.facts(artifact).getOrDefault(name, "1");
  }

  private Found found(Choice choice, boolean interrupted) {
    List<Cause> notes = new ArrayList<>();
    choice
        .damaged()
        .forEach((file, problem) -> notes.add(new Cause.FileLost(file.name(), problem)));
    choice.file().ifPresent(file -> notes.add(continued(file)));
    if (choice.file().isEmpty() && (interrupted || !notes.isEmpty())) {
      notes.add(Cause.Simple.BEGUN_ANEW);
    }
    return new Found(choice.file().map(this::resumption), notes);
  }

  private Resumption resumption(ArtifactRow file) {
    return new Resumption(
        artifacts.file(file).toAbsolutePath().toString(),
        file.kind().equals(ArtifactRows.CHECKPOINT));
  }

  private static Cause continued(ArtifactRow file) {
    return file.kind().equals(ArtifactRows.CHECKPOINT)
        ? Cause.Simple.CONTINUED_AFTER_TRAINING
        : new Cause.Continued(number(file, "epoch"), number(file, "batches"));
  }

  private static int number(ArtifactRow artifact, String fact) {
    return Integer.parseInt(fact(artifact, fact));
  }
}
