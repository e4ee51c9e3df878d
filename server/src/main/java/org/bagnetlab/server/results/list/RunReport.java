package org.bagnetlab.server.results.list;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.UnknownSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Origin;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.job.WorkerFacts;
import org.bagnetlab.server.json.ArtifactJson;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.server.json.JobCostJson;
import org.bagnetlab.server.results.accuracy.OtherImages;
import org.bagnetlab.server.results.number.ResultJson.RunConfiguration;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.Measured;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Everything that is known about a run.
 *
 * @param changed the parameters whose values are not the defaults that follow from the others
 * @param startedAt when it last started
 * @param regime how its network was initialised
 * @param weights the imported weights that the training started from
 * @param provenance what computed it, and from which data
 * @param origin where it was run, if it was imported
 * @param history the epochs of the run
 * @param publishedHistory epochs that the report published for the same network and the same
 *     classes
 * @param results accuracies by name of the set of images
 * @param chance accuracy of guessing one of its training's classes at random; absent if they are
 *     not known
 * @param parameters the number of parameters of its network, if it is a training of known classes
 * @param trouble why the run does not count as a result; absent if it does. A training that has not
 *     ended, or that failed, may have diverged
 * @param troubleSince the first epoch of the trouble, which lasted until the last one; it may not
 *     have been completed
 * @param unknown what this version cannot interpret about the run; if present, its numbers are
 *     excluded from tables
 * @param otherImages accuracies on images other than the test images of the run
 * @param artifacts the files of the run
 * @param tags tags given by users
 * @param note note written by users
 * @param cost what it cost, if its workers were measured
 */
public record RunReport(
    long id,
    JobSpec spec,
    List<String> changed,
    String title,
    JobState.Name state,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<String> regime,
    Optional<String> weights,
    Optional<RunProvenance> provenance,
    Optional<Origin> origin,
    List<EpochRow> history,
    Optional<Published.History> publishedHistory,
    Map<String, Result> results,
    Optional<Double> chance,
    Optional<Long> parameters,
    Optional<Trouble> trouble,
    Optional<Integer> troubleSince,
    Optional<String> unknown,
    List<OtherImages> otherImages,
    List<ArtifactJson> artifacts,
    List<String> tags,
    Optional<String> note,
    Optional<JobCostJson> cost) {

  /**
   * What computed a run, and from which data. Checksums and the number of training images are known
   * once its split is known.
   *
   * @param earlierCode digests of the code that computed the beginning of a training, if other code
   *     resumed it; "unknown" stands for code that is not known
   */
  public record RunProvenance(
      @JsonUnwrapped Provenance worker,
      List<String> earlierCode,
      Optional<String> datasetChecksum,
      Optional<String> splitChecksum,
      Optional<Integer> learntImages) {

    static RunProvenance of(WorkerFacts worker, Optional<ArtifactRow> split) {
      Optional<String> digest = worker.provenance().code().digest();
      return new RunProvenance(
          worker.provenance(),
          worker.code().stream()
              .flatMap(codes -> Stream.of(codes.split(",")))
              .filter(code -> !digest.equals(Optional.of(code)))
              .toList(),
          split.flatMap(file -> Facts.datasetChecksum(file.facts())),
          split.flatMap(file -> fact(file, "splitChecksum")),
          split.flatMap(file -> fact(file, "train")).map(Integer::valueOf));
    }

    private static Optional<String> fact(ArtifactRow split, String name) {
      return Optional.ofNullable(ArtifactJson.of(split).facts().get(name));
    }
  }

  /** An accuracy with its 95 % interval over the images. */
  record Result(double accuracy, double low, double high, int correct, int images, double loss) {

    static Result of(ResultRow accuracy, double loss) {
      Interval interval = Measured.interval(accuracy);
      int images = accuracy.images().orElse(0);
      return new Result(
          accuracy.value(),
          interval.low(),
          interval.high(),
          (int) Math.round(accuracy.value() * images),
          images,
          loss);
    }
  }

  /**
   * The report on a job and its stored results.
   *
   * @param training specification of the training, if the job is one
   * @param chance accuracy of guessing one of its classes at random, if they are known
   * @param parameters the number of parameters of its network, if they are known
   * @param found the results of the job
   * @param rows the files of the job
   */
  public static RunReport of(
      Job job,
      Optional<TrainSpec> training,
      Optional<Double> chance,
      Optional<Long> parameters,
      List<EpochRow> history,
      Optional<Published.History> publishedHistory,
      List<ResultRow> found,
      List<OtherImages> otherImages,
      List<ArtifactRow> rows,
      Optional<AnnotationRow> annotation,
      Optional<JobCostRow> cost) {
    List<ArtifactJson> artifacts = rows.stream().map(ArtifactJson::of).toList();
    Optional<Trouble> failed =
        StateFacts.of(job.state()).error().map(JobError::code).flatMap(Trouble::ofError);
    Optional<Trouble> trouble =
        training.flatMap(any -> trouble(history, rows, found).or(() -> failed));
    Map<String, Result> results = new LinkedHashMap<>();
    for (MeasuredSet set : MeasuredSet.values()) {
      find(found, Metric.ACCURACY, set)
          .ifPresent(
              accuracy ->
                  results.put(
                      set.text(),
                      Result.of(
                          accuracy,
                          find(found, Metric.LOSS, set).map(ResultRow::value).orElse(Double.NaN))));
    }
    return new RunReport(
        job.id(),
        job.spec(),
        job.spec().settings().changed().stream().map(Parameter::name).toList(),
        job.title(),
        job.state().name(),
        StateFacts.of(job.state()).startedAt(),
        StateFacts.of(job.state()).endedAt(),
        RunConfiguration.of(job.spec()).flatMap(network -> network.settings().regime()),
        training.flatMap(Configuration::weights),
        job.worker().map(worker -> RunProvenance.of(worker, Facts.split(rows))),
        job.origin(),
        history,
        publishedHistory,
        results,
        chance,
        parameters,
        trouble,
        trouble
            .flatMap(any -> any.since(history, Facts.split(rows).map(ArtifactRow::facts)))
            .or(() -> failed.map(any -> 1 + lastEpoch(history))),
        job.spec() instanceof UnknownSpec spec ? Optional.of(spec.unknown()) : Optional.empty(),
        otherImages,
        artifacts,
        annotation.map(AnnotationRow::tags).orElse(List.of()),
        annotation.flatMap(AnnotationRow::note),
        cost.map(JobCostJson::of));
  }

  private static int lastEpoch(List<EpochRow> history) {
    return history.isEmpty() ? 0 : history.getLast().epoch();
  }

  private static Optional<Trouble> trouble(
      List<EpochRow> history, List<ArtifactRow> rows, List<ResultRow> found) {
    Optional<EpochRow> last =
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    return Trouble.of(
        last.map(EpochRow::trainLoss),
        last.map(EpochRow::trainAccuracy),
        Facts.split(rows).map(ArtifactRow::facts),
        find(found, Metric.ACCURACY, MeasuredSet.TEST));
  }

  private static Optional<ResultRow> find(List<ResultRow> found, Metric metric, MeasuredSet set) {
    return found.stream()
        .filter(row -> row.metric().equals(metric.name()) && row.output().equals(metric.name()))
        .filter(row -> row.set().equals(set.text()))
        .findFirst();
  }
}
