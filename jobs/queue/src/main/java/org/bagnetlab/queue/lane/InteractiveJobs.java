package org.bagnetlab.queue.lane;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.ArtifactRows;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.JobRow;

/** Decides which jobs the interactive lane accepts, and which jobs can reuse an existing result. */
public final class InteractiveJobs {

  private static final String OTHERWISE = ": queue the job normally.";

  private final Catalogue catalogue;
  private final TrainedRuns trainedRuns;
  private final ArtifactStore artifacts;
  private final Optional<InteractiveLane> lane;

  /** Creates the rules of a lane, if there is one. */
  public InteractiveJobs(
      Catalogue catalogue,
      TrainedRuns trainedRuns,
      ArtifactStore artifacts,
      Optional<InteractiveLane> lane) {
    this.catalogue = catalogue;
    this.trainedRuns = trainedRuns;
    this.artifacts = artifacts;
    this.lane = lane;
  }

  /** A job with this specification that has a result, or will get one in the interactive lane. */
  public Optional<JobRow> same(Tables tables, JobSpec spec) {
    List<JobRow> jobs = tables.jobs().ofSpec(JobRows.text(spec));
    if (jobs.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> checksum = dataset(tables, spec).flatMap(catalogue::datasetChecksum);
    return jobs.stream()
        .filter(row -> serves(tables, row, checksum))
        .reduce((earlier, later) -> later);
  }

  /** The data set whose images a job reads. */
  private static Optional<String> dataset(Tables tables, JobSpec spec) {
    return spec.reads()
        .or(
            () ->
                spec.subject()
                    .flatMap(run -> tables.jobs().find(run))
                    .flatMap(run -> JobRows.spec(run).reads()));
  }

  private boolean serves(Tables tables, JobRow row, Optional<String> checksum) {
    JobState.Name state = JobRows.name(row);
    return state == JobState.Name.SUCCEEDED
        ? hasResult(tables.artifacts().ofJob(row.id()), checksum)
        : row.order().interactive() && state.active() && !row.state().cancelRequested();
  }

  /**
   * Whether all files of a job exist and were computed from the current data set. If the data set
   * is gone, nothing could be recomputed, so existing results remain valid.
   */
  private boolean hasResult(List<ArtifactRow> files, Optional<String> checksum) {
    return !files.isEmpty()
        && files.stream().allMatch(artifacts::present)
        && (checksum.isEmpty() || checksums(files).equals(Set.of(checksum.get())));
  }

  private static Set<String> checksums(List<ArtifactRow> files) {
    return files.stream()
        .flatMap(
            file ->
                Optional.ofNullable(ArtifactRows.facts(file).get(ArtifactFacts.DATASET_CHECKSUM))
                    .stream())
        .collect(Collectors.toSet());
  }

  /**
   * Checks a job before it is queued.
   *
   * @param awaited the training that the job would have to wait for
   * @param refusal why the lane currently starts no jobs, as text
   * @throws InvalidSpec if the lane does not accept such a job
   * @throws RequestRefused if too many jobs are waiting
   */
  public void check(
      Tables tables, JobRequest request, Optional<Long> awaited, Optional<String> refusal) {
    InteractiveLane open = lane.orElseThrow(() -> refused("This server runs no interactive jobs"));
    refusal.ifPresent(
        reason -> {
          throw refused("Interactive jobs cannot start now (%s)".formatted(withoutStop(reason)));
        });
    checkRoom(tables);
    awaited.ifPresent(
        run -> {
          throw refused(
              "Run %d has not finished, and an interactive job cannot wait for it".formatted(run));
        });
    if (request.spec() instanceof NetworkSpec about) {
      checkCost(tables, about, open);
    }
  }

  /**
   * Checks that another job may wait in the lane.
   *
   * @throws RequestRefused if too many jobs are already waiting
   */
  public void checkRoom(Tables tables) {
    lane.map(InteractiveLane::mostWaiting)
        .filter(most -> tables.jobs().runnable(true, most).size() >= most)
        .ifPresent(
            most -> {
              throw new RequestRefused(
                  RequestRefused.Reason.CONFLICT,
                  "lane-full",
                  "Too many interactive jobs",
                  "%d interactive jobs are waiting, which is the limit: wait for one of them, cancel one, or queue this job normally."
                      .formatted(most));
            });
  }

  private static String withoutStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  private static InvalidSpec refused(String reason) {
    return new InvalidSpec(JobSpecReader.INTERACTIVE, reason + OTHERWISE);
  }

  /** The properties that determine the cost of a network's passes. */
  private record Network(String architecture, double width, int imageSize) {}

  private void checkCost(Tables tables, NetworkSpec about, InteractiveLane open) {
    Network network =
        trainedRuns
            .find(tables, about)
            .map(run -> trained(run.trained(), about, open))
            .orElseGet(() -> imported(about.weights().orElseThrow(), about));
    double cost = passes(network, about);
    if (cost > open.mostPasses()) {
      throw new InvalidSpec(
          JobSpecReader.INTERACTIVE,
          String.format(
              Locale.ROOT,
              "The job costs as much as %.0f forward passes over an image of %d pixels, but"
                  + " interactive jobs may cost %.0f at most. Choose a larger stride, or queue the"
                  + " job normally.",
              cost,
              InteractiveLane.IMAGE_SIZE,
              open.mostPasses()));
    }
  }

  private static Network trained(TrainSpec trained, NetworkSpec about, InteractiveLane open) {
    Optional.of(trained.get(TrainExperiment.PRECISION))
        .filter(precision -> !open.slot().evaluates(precision))
        .ifPresent(
            precision -> {
              throw refused(
                  "Run %d computes in %s, which interactive jobs cannot"
                      .formatted(about.run().orElseThrow(), precision.text()));
            });
    return new Network(trained.architecture(), trained.width(), trained.imageSize());
  }

  private static Network imported(ImportedNetwork imported, NetworkSpec about) {
    return new Network(
        imported.architecture(),
        imported.width(),
        about.imageSize().orElse(InteractiveLane.IMAGE_SIZE));
  }

  /**
   * The cost of a job, measured in passes of a network of full width over an image of {@link
   * InteractiveLane#IMAGE_SIZE} pixels.
   */
  private double passes(Network network, JobSpec spec) {
    Workload workload =
        new Workload(
            0,
            0,
            1,
            0,
            network.imageSize(),
            catalogue
                .localReceptiveField(network.architecture())
                .map(side -> new Workload.Patches(side, Stride.LARGEST)));
    double passes = Experiments.of(spec).map(each -> each.costOf(spec, workload)).orElse(0.0);
    double side = (double) network.imageSize() / InteractiveLane.IMAGE_SIZE;
    return passes * side * side * network.width() * network.width();
  }
}
