package org.bagnetlab.server.results.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.Setting;
import org.bagnetlab.server.results.run.SimulatedRuns;

/** Networks of simulated runs, whose answers about each image are known. */
public final class SimulatedStudies {

  private SimulatedStudies() {}

  /**
   * A network that recognises each image, and each scrambled image, with some probability: half of
   * what decides is the image's own, the same for all networks and seeds.
   */
  public static StudiedNetwork network(
      String architecture, int seeds, double test, double scrambled) {
    Configuration configuration = SimulatedRuns.configuration(architecture, seeds, test);
    TreeMap<Long, Outcomes> bySeed = new TreeMap<>();
    for (MeasuredRun run : configuration.runs()) {
      SplittableRandom random = new SplittableRandom(run.job());
      bySeed.put(
          run.spec().seed(),
          Outcomes.ofTraining(run.job(), hits(random, test), hits(random, scrambled)));
    }
    return new StudiedNetwork(configuration, bySeed);
  }

  private static Map<String, Double> hits(SplittableRandom random, double probability) {
    SplittableRandom ofImages = new SplittableRandom(1);
    Map<String, Double> hits = new LinkedHashMap<>();
    for (int i = 0; i < SimulatedRuns.IMAGES; i++) {
      double difficulty = ofImages.nextDouble();
      boolean own = ofImages.nextBoolean();
      hits.put("image" + i, (own ? difficulty : random.nextDouble()) < probability ? 1.0 : 0.0);
    }
    return hits;
  }

  /** A study of these networks. */
  public static Study study(StudiedNetwork... networks) {
    List<Configuration> configurations =
        List.of(networks).stream().map(StudiedNetwork::configuration).toList();
    return new Study(Setting.group(configurations).get(0).setting(), List.of(networks));
  }
}
