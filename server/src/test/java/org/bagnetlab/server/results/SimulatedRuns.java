package org.bagnetlab.server.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;
import org.jspecify.annotations.Nullable;

/** Runs as the database stores them, of networks whose accuracies are known. */
final class SimulatedRuns {

  static final int IMAGES = 1200;

  private SimulatedRuns() {}

  static TrainSpec spec(String architecture, String dataset, long seed) {
    return TrainSpec.of(architecture, dataset).with(TrainExperiment.SEED, seed);
  }

  /** The same training with another value of a parameter; null: with none. */
  static TrainSpec with(TrainSpec spec, String parameter, @Nullable Object value) {
    ObjectNode changed = Json.MAPPER.valueToTree(spec);
    changed.set(parameter, Json.MAPPER.valueToTree(value));
    return Json.MAPPER.convertValue(changed, TrainSpec.class);
  }

  /** A training on controlled-15 that succeeded. */
  static MeasuredRun run(long job, String architecture, long seed, double accuracy) {
    TrainSpec spec = spec(architecture, "controlled-15", seed);
    return new MeasuredRun(
        spec,
        new MeasuredRunRow(
            job,
            Json.line(spec),
            Optional.of("{\"datasetChecksum\":\"a\"}"),
            Optional.of(true),
            Optional.of(.5),
            Optional.of(.9)),
        List.of(
            new ResultRow(
                job, "accuracy", "accuracy", "test", "{}", accuracy, Optional.of(IMAGES))));
  }

  /** The runs of a network with the seeds 1 to n. */
  static Configuration configuration(String architecture, int seeds, double accuracy) {
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

  /**
   * A network that recognises each image, and each scrambled image, with some probability: half of
   * what decides is the image's own, the same for all networks and seeds.
   */
  static StudiedNetwork network(String architecture, int seeds, double test, double scrambled) {
    Configuration configuration = configuration(architecture, seeds, test);
    TreeMap<Long, Outcomes> bySeed = new TreeMap<>();
    for (MeasuredRun run : configuration.runs()) {
      SplittableRandom random = new SplittableRandom(run.job());
      bySeed.put(
          run.spec().seed(), new Outcomes(run.job(), hits(random, test), hits(random, scrambled)));
    }
    return new StudiedNetwork(configuration, bySeed);
  }

  private static Map<String, Double> hits(SplittableRandom random, double probability) {
    SplittableRandom ofImages = new SplittableRandom(1);
    Map<String, Double> hits = new LinkedHashMap<>();
    for (int i = 0; i < IMAGES; i++) {
      double difficulty = ofImages.nextDouble();
      boolean own = ofImages.nextBoolean();
      hits.put("image" + i, (own ? difficulty : random.nextDouble()) < probability ? 1.0 : 0.0);
    }
    return hits;
  }

  /** A study of these networks. */
  static Study study(StudiedNetwork... networks) {
    List<Configuration> configurations =
        List.of(networks).stream().map(StudiedNetwork::configuration).toList();
    return new Study(Setting.group(configurations).get(0).setting(), List.of(networks));
  }
}
