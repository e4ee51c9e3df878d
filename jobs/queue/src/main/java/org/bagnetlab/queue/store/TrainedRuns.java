package org.bagnetlab.queue.store;

import java.time.ZoneOffset;
import java.util.Optional;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OtherClasses;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/** Finds the trained network that a job analyses or trains further. */
public final class TrainedRuns {

  private final Catalogue catalogue;

  public TrainedRuns(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * A training run and its network.
   *
   * @param trained how it was trained
   * @param checkpoint the weights that it kept
   */
  public record Trained(TrainSpec trained, ArtifactRow checkpoint) {}

  /**
   * A request, completed by what is known only in the lab: how the network was trained that a
   * training starts from, and its width.
   *
   * @throws InvalidSpec if there is no such run, or its network is another one
   */
  public JobRequest completed(Tables tables, JobRequest request) {
    if (!(request.spec() instanceof TrainSpec train) || train.subject().isEmpty()) {
      return request;
    }
    JobRow row = training(tables, train.subject().get(), train);
    TrainSpec trained = (TrainSpec) JobRows.spec(row);
    TrainSpec completed = train.startingFrom(trained, images(tables, row.id(), trained));
    return request.of(completed, new TrainExperiment().title(completed, catalogue));
  }

  /** The checksum of the images of a run: those that it used, or, until it has, those there are. */
  private Optional<String> images(Tables tables, long run, TrainSpec trained) {
    return ArtifactRows.images(tables.artifacts().ofJob(run))
        .findFirst()
        .or(() -> catalogue.datasetChecksum(trained.dataset()));
  }

  /**
   * The run that a job has to wait for, if any.
   *
   * @throws InvalidSpec if there is no such run, or it will not be suitable
   */
  public Optional<Long> awaited(Tables tables, JobSpec spec) {
    Optional<Long> run = spec.subject();
    if (run.isEmpty()) {
      return Optional.empty();
    }
    JobRow row = training(tables, run.get(), spec);
    if (spec instanceof NetworkSpec about && about.dataset().isPresent()) {
      checkImages((TrainSpec) JobRows.spec(row), about);
    }
    JobState.Name state = JobRows.name(row);
    if (!state.ended()) {
      return run;
    }
    checkpoint(tables, row, field(spec));
    return Optional.empty();
  }

  /**
   * The run whose network a job uses; empty for a training from scratch or from imported weights.
   *
   * @throws InvalidSpec if there is no such run, or it is not suitable
   */
  public Optional<Trained> find(Tables tables, JobSpec spec) {
    return spec.subject()
        .map(
            run -> {
              JobRow row = training(tables, run, spec);
              return new Trained(
                  (TrainSpec) JobRows.spec(row), checkpoint(tables, row, field(spec)));
            });
  }

  /** The field of a request that names the run whose network the job uses. */
  public static String field(JobSpec spec) {
    return spec instanceof TrainSpec ? TrainExperiment.FROM_RUN.name() : RunNumber.RUN.name();
  }

  private JobRow training(Tables tables, long run, JobSpec about) {
    String field = field(about);
    JobRow row =
        tables
            .jobs()
            .find(run)
            .orElseThrow(() -> new InvalidSpec(field, "There is no run %d.".formatted(run)));
    if (!(JobRows.spec(row) instanceof TrainSpec trained)) {
      throw new InvalidSpec(field, "Job %d is not a training.".formatted(run));
    }
    Experiments.of(about)
        .flatMap(experiment -> experiment.subject().unmet(catalogue, trained.architecture()))
        .ifPresent(
            unmet -> {
              throw new InvalidSpec(
                  field,
                  "Run %d's %s %s: %s."
                      .formatted(
                          run,
                          catalogue.label(trained.architecture()),
                          unmet.reason(),
                          unmet.advice()));
            });
    Experiments.of(about).ifPresent(experiment -> experiment.checkJob(about, trained));
    return row;
  }

  /**
   * Refuses a data set whose classes differ, and the choice of the run's test images with another
   * data set.
   */
  private void checkImages(TrainSpec trained, NetworkSpec about) {
    Optional<String> other = about.dataset().filter(name -> !name.equals(trained.dataset()));
    if (other.isEmpty()) {
      return;
    }
    String name = other.get();
    if (about.images().equals(Optional.of(ImageChoice.TEST))) {
      throw new InvalidSpec(
          "images",
          "Data set %s is not the run's data set (%s), so it has no test images of the run's split: set images to unused or all."
              .formatted(name, trained.dataset()));
    }
    // If a data set is gone, the worker reports that.
    catalogue
        .classes(trained.dataset())
        .flatMap(
            classes ->
                catalogue
                    .classes(name)
                    .flatMap(
                        others ->
                            OtherClasses.difference(classes, trained.dataset(), others, name)))
        .ifPresent(
            difference -> {
              throw new InvalidSpec("dataset", difference);
            });
  }

  private static ArtifactRow checkpoint(Tables tables, JobRow run, String field) {
    if (JobRows.name(run) != JobState.Name.SUCCEEDED) {
      throw new InvalidSpec(
          field, "Run %d is %s, not SUCCEEDED.".formatted(run.id(), run.state().name()));
    }
    return tables.artifacts().ofJob(run.id()).stream()
        .filter(artifact -> artifact.kind().equals(ArtifactRows.CHECKPOINT))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new InvalidSpec(field, withoutCheckpoint(tables, run.id())));
  }

  private static String withoutCheckpoint(Tables tables, long run) {
    return tables
        .retention()
        .removed(run, ArtifactRows.CHECKPOINT)
        .map(
            removal ->
                "Run %d can no longer be used: retention removed its checkpoint on %s."
                    .formatted(run, removal.at().atOffset(ZoneOffset.UTC).toLocalDate()))
        .or(
            () ->
                tables.jobs().find(run).flatMap(JobRow::origin).map(origin -> importedWithout(run)))
        .orElseGet(() -> "Run %d has no checkpoint.".formatted(run));
  }

  private static String importedWithout(long run) {
    return "Run %d was imported without its checkpoint: import a bundle that was written with --checkpoints."
        .formatted(run);
  }

  /** Whether a run's network exists, so that jobs can use it. */
  public static boolean hasCheckpoint(Tables tables, long run) {
    return tables.artifacts().ofJob(run).stream()
        .anyMatch(artifact -> artifact.kind().equals(ArtifactRows.CHECKPOINT));
  }
}
