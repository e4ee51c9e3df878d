package org.bagnetlab.server.results.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.jspecify.annotations.Nullable;

/** Runs as the database stores them, of networks whose accuracies are known. */
public final class SimulatedRuns {

  public static final int IMAGES = 1200;

  /** What a view says of its setting. */
  public static final ChosenSetting CHOSEN =
      new ChosenSetting(
          "controlled-15", List.of("controlled-15"), List.of(), Optional.empty(), List.of());

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  /** The state of a job that ran for five seconds. */
  public static final StateRow SUCCEEDED =
      new StateRow(
          "SUCCEEDED",
          Optional.of(NOON),
          Optional.of(NOON.plusSeconds(5)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          0,
          Optional.empty());

  private SimulatedRuns() {}

  public static TrainSpec spec(String architecture, String dataset, long seed) {
    return TrainSpec.of(architecture, dataset).with(TrainExperiment.SEED, seed);
  }

  /** The same training with another value of a parameter; null: with none. */
  public static TrainSpec with(TrainSpec spec, String parameter, @Nullable Object value) {
    ObjectNode changed = Json.MAPPER.valueToTree(spec);
    changed.set(parameter, Json.MAPPER.valueToTree(value));
    return (TrainSpec) Experiments.read(changed);
  }

  /** A training on controlled-15 that succeeded. */
  public static MeasuredRun run(long job, String architecture, long seed, double accuracy) {
    return run(job, spec(architecture, "controlled-15", seed), accuracy);
  }

  /** A training that succeeded. */
  public static MeasuredRun run(long job, TrainSpec spec, double accuracy) {
    return new MeasuredRun(
        spec,
        new MeasuredRunRow(
            job,
            Json.line(spec),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("{\"datasetChecksum\":\"a\"}"),
            Optional.of(true),
            Optional.of(.5),
            Optional.of(.9),
            Optional.empty()),
        List.of(
            new ResultRow(
                job, "accuracy", "accuracy", "test", "{}", accuracy, Optional.of(IMAGES))),
        RunCode.only(Optional.empty()));
  }

  /** The cost of a job of which only the time is known. */
  public static JobCostRow cost(long job, double seconds) {
    return new JobCostRow(
        job,
        seconds,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The runs of a network with the seeds 1 to n. */
  public static Configuration configuration(String architecture, int seeds, double accuracy) {
    List<MeasuredRun> runs =
        LongStream.rangeClosed(1, seeds)
            .mapToObj(
                seed ->
                    run(
                        100L * Math.abs(architecture.hashCode() % 1000) + seed,
                        architecture,
                        seed,
                        accuracy))
            .toList();
    return Configuration.group(runs, Published.read()).get(0);
  }
}
