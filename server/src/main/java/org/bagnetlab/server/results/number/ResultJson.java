package org.bagnetlab.server.results.number;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.store.StoredSpec;
import org.bagnetlab.server.results.run.RowSettings;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;

/**
 * A number that a job measured, in tidy form, with the run that it belongs to.
 *
 * @param experiment the experiment of the job
 * @param output the output of the experiment
 * @param metric what it measures
 * @param set the set of images
 * @param axes position on the axes of the output
 * @param value the number; null if it is NaN or infinite, such as the loss of a training that
 *     diverged
 * @param images number of images that it was measured on
 * @param job the job that measured it
 * @param run the run of the job: the job itself if it is a training, or the training that it
 *     measures; absent for an imported network
 * @param configuration configuration of the network; absent if its training was deleted
 */
public record ResultJson(
    String experiment,
    String output,
    String metric,
    String set,
    JsonNode axes,
    double value,
    Optional<Integer> images,
    long job,
    Optional<Long> run,
    Optional<RunConfiguration> configuration) {

  /**
   * The network that a number was measured on, and how it was trained if it was trained here.
   *
   * @param imported name of the imported weights, for an imported network
   */
  public record RunConfiguration(
      String architecture,
      @JsonUnwrapped RowSettings settings,
      Optional<Long> seed,
      Optional<String> imported) {

    /** Side length of the images in pixels. */
    public int imageSize() {
      return settings.settings().find(TrainExperiment.IMAGE_SIZE).orElseThrow();
    }

    /** The configuration of a training. */
    public static RunConfiguration of(TrainSpec spec) {
      return new RunConfiguration(
          spec.architecture(), RowSettings.of(spec), Optional.of(spec.seed()), Optional.empty());
    }

    private static RunConfiguration of(ImportedNetwork network, int imageSize) {
      return new RunConfiguration(
          network.architecture(),
          RowSettings.of(network, imageSize),
          Optional.empty(),
          Optional.of(network.name()));
    }

    /**
     * The configuration of a training, or of a job for an imported network. Empty for other jobs.
     */
    public static Optional<RunConfiguration> of(JobSpec spec) {
      if (spec instanceof TrainSpec training) {
        return Optional.of(of(training));
      }
      return spec instanceof NetworkSpec about
          ? about.weights().flatMap(network -> about.imageSize().map(size -> of(network, size)))
          : Optional.empty();
    }
  }

  /** Converts a stored number. */
  public static ResultJson of(FoundResultRow found) {
    Optional<RunConfiguration> configuration =
        found.runSpec().map(StoredSpec::read).flatMap(RunConfiguration::of);
    return of(found.result(), found.experiment(), run(found.run(), configuration), configuration);
  }

  /** The run of a job. Empty for an imported network. */
  private static Optional<Long> run(long run, Optional<RunConfiguration> configuration) {
    return configuration.flatMap(RunConfiguration::imported).isPresent()
        ? Optional.empty()
        : Optional.of(run);
  }

  static ResultJson of(
      ResultRow row,
      String experiment,
      Optional<Long> run,
      Optional<RunConfiguration> configuration) {
    return new ResultJson(
        experiment,
        row.output(),
        row.metric(),
        row.set(),
        axes(row.axes()),
        row.value(),
        row.images(),
        row.job(),
        run,
        configuration);
  }

  /** Parses a stored position. */
  static JsonNode axes(String json) {
    return Json.read(json, new TypeReference<>() {});
  }

  /** The job's own numbers, followed by those of jobs that measure it, and by its epochs. */
  public static List<ResultJson> about(Tables tables, Job job) {
    Optional<RunConfiguration> configuration = RunConfiguration.of(job.spec());
    // A training measures its own network, even if it started from a run's.
    long measured =
        job.spec() instanceof TrainSpec ? job.id() : job.spec().subject().orElse(job.id());
    Optional<Long> run = run(measured, configuration);
    List<ResultJson> results = new ArrayList<>();
    for (ResultRow row : tables.results().ofJob(job.id())) {
      results.add(of(row, job.spec().kind(), run, configuration));
    }
    results.sort(new ByPosition());
    tables.results().find(ResultFilter.about(job.id()), Integer.MAX_VALUE, 0).stream()
        .filter(found -> found.result().job() != job.id())
        .map(ResultJson::of)
        .sorted(new ByPosition())
        .forEach(results::add);
    tables
        .runs()
        .epochs(job.id())
        .forEach(
            epoch ->
                EpochCurves.rows(job.id(), epoch)
                    .forEach(row -> results.add(of(row, job.spec().kind(), run, configuration))));
    return results;
  }
}
