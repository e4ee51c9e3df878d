package org.bagnetlab.worker.interactions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.experiment.interactions.InteractionsExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.WrittenEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InteractionsRunnerTests {

  private static final int IMAGES = 20;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private static NetworkSpec spec(String patches, String gaps) {
    return new InteractionsExperiment()
        .ofRun(1)
        .with(InteractionsExperiment.MOST_IMAGES, IMAGES)
        .with(InteractionsExperiment.PATCHES, WholeNumbers.of(patches))
        .with(InteractionsExperiment.GAPS, WholeNumbers.of(gaps))
        .with(InteractionsExperiment.MASKS, 3);
  }

  private WrittenEvents measured(@Nullable LearntNetwork subject, NetworkSpec spec)
      throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(
            Runners.of(new InteractionsExperiment())
                .run(
                    spec,
                    requireNonNull(subject)
                        .run(spec, new InteractionsExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  /** By patch and gap. */
  private static Map<String, Double> values(WrittenEvents written, String output) {
    Map<String, Double> values = new LinkedHashMap<>();
    written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .forEach(
            result -> {
              assertThat(result.images()).contains(IMAGES);
              values.put(
                  result.axes().path("patch").asText() + " " + result.axes().path("gap").asText(),
                  result.value());
            });
    return values;
  }

  /** A patch of 9 pixels cannot see two masks with 8 pixels between them, but with 7 it can. */
  @Test
  void effectsInABagNetAddUpFromGapsOfItsPatchOn() throws IOException {
    WrittenEvents written = measured(learnt, spec("4, 16", "0, 8, 48"));
    Map<String, Double> correlations = values(written, "interaction-correlation");
    Map<String, Double> deviations = values(written, "interaction-deviation");
    // Two patches of 16 pixels and a gap of 48 do not fit into 64.
    assertThat(correlations).containsOnlyKeys("4 0", "4 8", "4 48", "16 0", "16 8");
    assertThat(deviations.keySet()).isEqualTo(correlations.keySet());
    assertThat(values(written, "joint-effect").values()).allMatch(effect -> effect > 0);
    for (String additive : List.of("4 8", "4 48", "16 8")) {
      assertThat(correlations.get(additive)).isCloseTo(1, within(1e-5));
      // Float32: a logit is a sum of many values, and differences of logits are small.
      assertThat(deviations.get(additive)).isLessThan(1e-3);
    }
    for (String interacting : List.of("4 0", "16 0")) {
      assertThat(correlations.get(interacting)).isLessThan(1 - 1e-5);
      assertThat(deviations.get(interacting)).isGreaterThan(1e-2);
    }
    List<WorkerEvent.Progress> progress = written.events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(IMAGES);
    assertThat(last.secondsLeft()).isCloseTo(0, within(1e-6));
  }

  @Test
  void effectsInANetworkThatSeesTheWholeImageDoNot() throws IOException {
    WrittenEvents written = measured(LearntNetwork.in(folder, "resnet50"), spec("8", "8, 16"));
    Map<String, Double> deviations = values(written, "interaction-deviation");
    assertThat(deviations).containsOnlyKeys("8 8", "8 16");
    assertThat(deviations.values()).allMatch(deviation -> deviation > 1e-2);
  }

  @Test
  void patchesThatDoNotFitAreRefused() {
    TrainSpec training = requireNonNull(learnt).training();
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(() -> new InteractionsExperiment().check(spec("32, 48", "8, 16"), training))
        .withMessage(
            "Two patches of 32 pixels with a gap of 8 do not fit into the 64 pixels of the images.");
    new InteractionsExperiment().check(spec("16, 48", "8, 48"), training);
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> measured(learnt, spec("8", "8")));
  }
}
