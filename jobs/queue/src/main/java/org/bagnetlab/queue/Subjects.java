package org.bagnetlab.queue;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Assignment.Subject;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.spec.Catalogue;
import org.bagnetlab.queue.spec.InvalidSpec;
import org.bagnetlab.storage.ArtifactRow;
import org.bagnetlab.storage.ArtifactStore;
import org.bagnetlab.storage.JobRow;
import org.bagnetlab.storage.Tables;

/** Finds the earlier run that an evaluation or a heatmap is about. */
final class Subjects {

  private final Catalogue catalogue;
  private final ArtifactStore artifacts;

  Subjects(Catalogue catalogue, ArtifactStore artifacts) {
    this.catalogue = catalogue;
    this.artifacts = artifacts;
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
   * The run that a job is about; empty for training.
   *
   * @throws InvalidSpec if there is no such run, or it does not serve
   */
  Optional<Subject> find(Tables tables, JobSpec spec) {
    return of(spec).map(run -> subject(tables, run, spec instanceof JobSpec.Heatmap));
  }

  private Subject subject(Tables tables, long run, boolean explained) {
    JobRow row =
        tables
            .jobs()
            .find(run)
            .orElseThrow(() -> new InvalidSpec("run", "There is no run %d.".formatted(run)));
    if (!(JobRows.spec(row) instanceof JobSpec.Train trained)) {
      throw new InvalidSpec("run", "Job %d is no training.".formatted(run));
    }
    if (!row.state().name().equals(JobState.Name.SUCCEEDED.name())) {
      throw new InvalidSpec(
          "run", "Run %d is %s, not SUCCEEDED.".formatted(run, row.state().name()));
    }
    if (explained && !catalogue.explainable(trained.architecture())) {
      throw new InvalidSpec(
          "run",
          "Run %d's %s does not add up local evidence, so it has no heatmap: name a BagNet's run."
              .formatted(run, catalogue.label(trained.architecture())));
    }
    return new Subject(trained, checkpoint(tables, run));
  }

  private String checkpoint(Tables tables, long run) {
    List<ArtifactRow> checkpoints =
        tables.artifacts().ofJob(run).stream()
            .filter(artifact -> artifact.kind().equals(name(ArtifactKind.CHECKPOINT)))
            .toList();
    if (checkpoints.isEmpty()) {
      throw new InvalidSpec("run", "Run %d left no checkpoint.".formatted(run));
    }
    return artifacts.file(checkpoints.get(checkpoints.size() - 1)).toAbsolutePath().toString();
  }

  /** The name of a constant of the protocol in JSON and in the database. */
  static String name(Enum<?> constant) {
    return Json.MAPPER.convertValue(constant, new TypeReference<String>() {});
  }
}
