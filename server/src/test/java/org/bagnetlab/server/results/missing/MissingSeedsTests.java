package org.bagnetlab.server.results.missing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.results.run.Configuration;
import org.bagnetlab.server.results.run.MeasuredRun;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks that are compared get the same seeds, and no training is repeated. */
@Timeout(60)
class MissingSeedsTests {

  private static SettingTrainings.Network network(Long... seeds) {
    TreeMap<Long, Long> runs = new TreeMap<>();
    for (long seed : seeds) {
      runs.put(seed, 100 + seed);
    }
    return new SettingTrainings.Network(runs, MissingJob.request("train"));
  }

  private static List<Long> seeds(List<MissingJob> jobs) {
    return jobs.stream().map(job -> job.spec().path("seed").asLong()).toList();
  }

  private static List<Long> missing(int seeds, SettingTrainings.Network... networks) {
    return seeds(
        MissingSeeds.of(
            List.of(networks).stream().map(MissingSeeds.Compared::ofTrainings).toList(), seeds));
  }

  @Test
  void seedsThatExistCount() {
    assertThat(missing(3, network())).containsExactly(1L, 2L, 3L);
    assertThat(missing(3, network(1L))).containsExactly(2L, 3L);
    assertThat(missing(3, network(2L, 7L))).containsExactly(1L);
    assertThat(missing(3, network(5L, 6L, 7L))).isEmpty();
  }

  @Test
  void networksGetTheSeedsThatMostOfThemHave() {
    assertThat(missing(3, network(4L, 5L, 6L), network())).containsExactly(4L, 5L, 6L);
    assertThat(missing(3, network(1L, 2L, 3L), network(3L, 4L))).containsExactly(1L, 2L);
  }

  @Test
  void aRunThatExistsIsOnlyMeasured() {
    MissingSeeds.Compared compared =
        new MissingSeeds.Compared(
            network(1L, 2L), Set.of(1L), List.of(MissingJob.request(EvidenceExperiment.NAME)));
    List<MissingJob> jobs = MissingSeeds.of(List.of(compared), 3);
    assertThat(jobs).hasSize(2);
    assertThat(jobs.get(0).spec())
        .isEqualTo(MissingJob.request(EvidenceExperiment.NAME).put("run", 102L));
    assertThat(jobs.get(0).then()).isEmpty();
    assertThat(jobs.get(1).spec()).isEqualTo(MissingJob.request("train").put("seed", 3L));
    assertThat(jobs.get(1).then()).containsExactly(MissingJob.request(EvidenceExperiment.NAME));
  }

  /** Otherwise a run with the new seed would be of another configuration. */
  @Test
  void theRequestHasAllSettingsOfTheConfiguration() {
    JobSpecReader reader =
        new JobSpecReader(
            new VisionCatalogue(new DatasetStore(Path.of("")), new WeightsStore(Path.of(""))));
    for (Recipe recipe : Recipe.values()) {
      TrainSpec spec =
          TrainSpec.of("bagnet17", "controlled-15", recipe)
              .with(TrainExperiment.WIDTH, .5)
              .with(TrainExperiment.SEED, 1L);
      MeasuredRun run = SimulatedRuns.configuration("bagnet17", 1, .5).runs().get(0);
      SettingTrainings setting =
          new SettingTrainings(
              List.of(
                  new Configuration(
                      List.of(new MeasuredRun(spec, run.row(), run.accuracies(), run.code())))));
      for (String architecture : List.of("bagnet17", "resnet50")) {
        MissingJob job = setting.network(architecture).orElseThrow().training(2, List.of());
        TrainSpec read = (TrainSpec) reader.read(job.spec()).spec();
        assertThat(read.settings().without(TrainExperiment.ARCHITECTURE).byName())
            .as("%s %s", recipe, architecture)
            .isEqualTo(
                spec.with(TrainExperiment.SEED, 2L)
                    .settings()
                    .without(TrainExperiment.ARCHITECTURE)
                    .byName());
        assertThat(read.architecture()).isEqualTo(architecture);
      }
    }
  }
}
