package org.bagnetlab.server.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.Preparation;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.result.FoundResultRow;
import org.bagnetlab.storage.result.ResultFilter;
import org.bagnetlab.storage.result.ResultRow;

/**
 * A number that a job found, in tidy form, with the run that it is about.
 *
 * @param experiment the job's
 * @param output of the experiment
 * @param metric what it measures
 * @param set of images
 * @param axes its position
 * @param value the number; null: it is none, as the loss of a training that diverged
 * @param images that it was measured on
 * @param job that found it
 * @param run the training that the job is, or is about
 * @param configuration of the training; absent: it was deleted
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
    long run,
    Optional<RunConfiguration> configuration) {

  /** How the network that a number is about was trained. */
  public record RunConfiguration(
      String architecture,
      String dataset,
      int imageSize,
      double width,
      Optional<Precision> precision,
      Optional<Preparation> preparation,
      Recipe recipe,
      String regime,
      long seed) {

    static RunConfiguration of(TrainSpec spec) {
      return new RunConfiguration(
          spec.architecture(),
          spec.dataset(),
          spec.imageSize(),
          spec.width(),
          spec.reducedPrecision(),
          spec.earlierPreparation(),
          spec.recipe(),
          spec.regime(),
          spec.seed());
    }
  }

  static ResultJson of(FoundResultRow found) {
    return of(
        found.result(),
        found.experiment(),
        found.run(),
        found.runSpec().map(RunSpec::training).map(RunConfiguration::of));
  }

  static ResultJson of(
      ResultRow row, String experiment, long run, Optional<RunConfiguration> configuration) {
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

  private static JsonNode axes(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot parse stored axes: " + json, e);
    }
  }

  /** The job's own numbers, then those of jobs on it, then its epochs. */
  static List<ResultJson> about(Tables tables, Job job) {
    Optional<RunConfiguration> configuration =
        job.spec() instanceof TrainSpec spec
            ? Optional.of(RunConfiguration.of(spec))
            : Optional.empty();
    long run = job.spec().subject().orElse(job.id());
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
