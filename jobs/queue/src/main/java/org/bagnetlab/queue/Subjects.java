package org.bagnetlab.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.Catalogue;
import org.bagnetlab.queue.spec.InvalidSpec;
import org.bagnetlab.storage.ArtifactRow;
import org.bagnetlab.storage.JobRow;
import org.bagnetlab.storage.Tables;

/** Finds the earlier run that an evaluation or a heatmap is about. */
final class Subjects {

  private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

  private final Catalogue catalogue;

  Subjects(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The number of the run that a job is about. */
  static Optional<Long> of(JobSpec spec) {
    if (spec instanceof JobSpec.Evaluate evaluate) {
      return Optional.of(evaluate.run());
    }
    if (spec instanceof JobSpec.Heatmap heatmap) {
      return Optional.of(heatmap.run());
    }
    return Optional.empty();
  }

  /**
   * A run and its network.
   *
   * @param trained how it was trained
   * @param checkpoint its best epoch
   */
  record Trained(JobSpec.Train trained, ArtifactRow checkpoint) {}

  /**
   * The run that a job has to wait for; empty: none.
   *
   * @throws InvalidSpec if there is no such run, or it will not serve
   */
  Optional<Long> awaited(Tables tables, JobSpec spec) {
    Optional<Long> run = of(spec);
    if (run.isEmpty()) {
      return Optional.empty();
    }
    JobRow row = training(tables, run.get(), spec instanceof JobSpec.Heatmap);
    JobState.Name state = JobState.Name.valueOf(row.state().name());
    if (!state.ended()) {
      return run;
    }
    checkpoint(tables, row);
    return Optional.empty();
  }

  /**
   * The run that a job is about; empty for training.
   *
   * @throws InvalidSpec if there is no such run, or it does not serve
   */
  Optional<Trained> find(Tables tables, JobSpec spec) {
    return of(spec)
        .map(
            run -> {
              JobRow row = training(tables, run, spec instanceof JobSpec.Heatmap);
              return new Trained((JobSpec.Train) JobRows.spec(row), checkpoint(tables, row));
            });
  }

  private JobRow training(Tables tables, long run, boolean explained) {
    JobRow row =
        tables
            .jobs()
            .find(run)
            .orElseThrow(() -> new InvalidSpec("run", "There is no run %d.".formatted(run)));
    if (!(JobRows.spec(row) instanceof JobSpec.Train trained)) {
      throw new InvalidSpec("run", "Job %d is no training.".formatted(run));
    }
    if (explained && !catalogue.explainable(trained.architecture())) {
      throw new InvalidSpec(
          "run",
          "Run %d's %s does not add up local evidence, so it has no heatmap: name a BagNet's run."
              .formatted(run, catalogue.label(trained.architecture())));
    }
    return row;
  }

  private static ArtifactRow checkpoint(Tables tables, JobRow run) {
    if (!run.state().name().equals(JobState.Name.SUCCEEDED.name())) {
      throw new InvalidSpec(
          "run", "Run %d is %s, not SUCCEEDED.".formatted(run.id(), run.state().name()));
    }
    return tables.artifacts().ofJob(run.id()).stream()
        .filter(artifact -> artifact.kind().equals(name(ArtifactKind.CHECKPOINT)))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new InvalidSpec("run", withoutCheckpoint(tables, run.id())));
  }

  private static String withoutCheckpoint(Tables tables, long run) {
    return tables
        .retention()
        .removed(run, name(ArtifactKind.CHECKPOINT))
        .map(
            removal ->
                "Run %d serves no more: its checkpoint was removed by retention on %s."
                    .formatted(run, removal.at().atOffset(ZoneOffset.UTC).toLocalDate()))
        .orElseGet(() -> "Run %d left no checkpoint.".formatted(run));
  }

  /** Whether a run's network is there, for jobs about it. */
  static boolean hasCheckpoint(Tables tables, long run) {
    return tables.artifacts().ofJob(run).stream()
        .anyMatch(artifact -> artifact.kind().equals(name(ArtifactKind.CHECKPOINT)));
  }

  /** The name of a constant of the protocol in JSON and in the database. */
  static String name(Enum<?> constant) {
    return Json.MAPPER.convertValue(constant, new TypeReference<String>() {});
  }

  /** What a worker told of a file. */
  static Map<String, String> facts(ArtifactRow artifact) {
    try {
      return Json.MAPPER.readValue(artifact.facts(), FACTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the facts of an artifact broke: " + artifact.facts(), e);
    }
  }
}
