package org.bagnetlab.server.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.junit.jupiter.api.Test;

class PicturesTests {

  private static MeasuredRun run(long job, String architecture, int epochs) {
    TrainSpec spec =
        SimulatedRuns.spec(architecture, "controlled-15", 1).with(TrainExperiment.EPOCHS, epochs);
    return SimulatedRuns.run(job, spec, .5);
  }

  private static List<Long> shown(MeasuredRun... runs) {
    return Pictures.shown(List.of(runs), Published.read()).stream()
        .map(MeasuredRun::job)
        .sorted()
        .toList();
  }

  /** A newer run of one network alone may be of a few epochs, or of a rate that was just tried. */
  @Test
  void networksOfOneSettingAreShownTogether() {
    assertThat(
            shown(
                run(1, "bagnet9", 16),
                run(2, "bagnet17", 16),
                run(3, "bagnet9", 16),
                run(4, "bagnet17", 2)))
        .containsExactly(2L, 3L);
  }

  @Test
  void aNetworkThatTheCommonSettingLacksIsShownToo() {
    assertThat(shown(run(1, "bagnet9", 16), run(2, "bagnet17", 16), run(3, "bagnet33", 2)))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void otherTrainingImagesAreShownOnlyIfThereAreNoOthers() {
    List<MeasuredRun> fewer =
        Stream.of("bagnet9", "bagnet17")
            .map(
                architecture ->
                    SimulatedRuns.run(
                        2 + architecture.length(),
                        SimulatedRuns.with(
                            SimulatedRuns.spec(architecture, "controlled-15", 1),
                            "trainImages",
                            500),
                        .9))
            .toList();
    MeasuredRun usual = run(1, "bagnet9", 16);
    assertThat(shown(usual, fewer.get(0), fewer.get(1)))
        .containsExactly(usual.job(), fewer.get(1).job());
  }
}
