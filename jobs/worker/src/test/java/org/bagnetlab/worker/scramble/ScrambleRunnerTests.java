package org.bagnetlab.worker.scramble;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.parameter.WholeNumbers;
import org.bagnetlab.experiment.scramble.ScrambleExperiment;
import org.bagnetlab.protocol.Json;
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
class ScrambleRunnerTests {

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private WrittenEvents measured(NetworkSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(
            Runners.of(new ScrambleExperiment())
                .run(
                    spec,
                    requireNonNull(learnt)
                        .run(spec, new ScrambleExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static List<WorkerEvent.Result> of(WrittenEvents written, String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .toList();
  }

  @Test
  void aGridOfOneTileIsTheWholeImageAndFinerGridsAreMeasuredForEachPermutation()
      throws IOException {
    WrittenEvents written =
        measured(
            new ScrambleExperiment()
                .ofRun(1)
                .with(ScrambleExperiment.GRIDS, WholeNumbers.of("1, 4, 16"))
                .with(ScrambleExperiment.PERMUTATIONS, 2)
                .with(ScrambleExperiment.SCRAMBLE_SEED, 5L));
    double whole = of(written, "whole-accuracy").get(0).value();
    List<WorkerEvent.Result> accuracies = of(written, "accuracy-by-grid");
    assertThat(accuracies)
        .extracting(result -> result.axes().toString())
        .containsExactly(
            "{\"grid\":1,\"scrambleSeed\":5}",
            "{\"grid\":1,\"scrambleSeed\":6}",
            "{\"grid\":4,\"scrambleSeed\":5}",
            "{\"grid\":4,\"scrambleSeed\":6}",
            "{\"grid\":16,\"scrambleSeed\":5}",
            "{\"grid\":16,\"scrambleSeed\":6}");
    assertThat(accuracies.get(0).value()).isEqualTo(whole);
    assertThat(accuracies.get(5).value()).isLessThan(whole);
    assertThat(of(written, "agreement-by-grid").get(1).value()).isEqualTo(1);
    assertThat(of(written, "agreement-by-grid").get(5).value()).isBetween(0.0, .99);

    // Every class has 80 test images, so the mean of the recalls is the accuracy.
    List<WorkerEvent.Result> recalls =
        of(written, "recall-by-grid").stream()
            .filter(result -> result.axes().path("grid").asInt() == 4)
            .toList();
    assertThat(recalls).hasSize(15);
    assertThat(of(written, "recall-by-grid")).hasSize(4 * 15);
    assertThat(recalls.stream().mapToDouble(WorkerEvent.Result::value).average().orElseThrow())
        .isCloseTo((accuracies.get(2).value() + accuracies.get(3).value()) / 2, within(1e-9));

    JsonNode file = Json.MAPPER.readTree(folder.resolve("scrambled-predictions.json").toFile());
    assertThat(file.path("images")).hasSize(1200);
    assertThat(file.path("scrambled")).hasSize(6);
    assertThat(file.path("scrambled").get(0).path("predicted")).isEqualTo(file.path("whole"));
  }

  @Test
  void permutingTheLogitsOfPatchesChangesNothing() throws IOException {
    WrittenEvents written =
        measured(
            new ScrambleExperiment()
                .ofRun(1)
                .with(ScrambleExperiment.GRIDS, WholeNumbers.of("2"))
                .with(ScrambleExperiment.PERMUTATIONS, 1));
    assertThat(of(written, "agreement-permuted-patches").get(0).value()).isEqualTo(1);
    assertThat(of(written, "change-permuted-patches").get(0).value()).isLessThan(1e-4);
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(
            () ->
                measured(
                    new ScrambleExperiment().ofRun(1).with(ScrambleExperiment.PERMUTATIONS, 1)));
  }
}
