package org.bagnetlab.worker.cueconflict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.experiment.cueconflict.CueConflictExperiment;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.generated.Controlled15CueConflict;
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
class CueConflictRunnerTests {

  private static final int IMAGES = 600;

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private WrittenEvents measured() throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    NetworkSpec spec = new CueConflictExperiment().ofRun(1);
    assertThat(
            Runners.of(new CueConflictExperiment())
                .run(
                    spec,
                    requireNonNull(learnt)
                        .run(spec, new CueConflictExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static List<WorkerEvent.Result> of(WrittenEvents written, String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .toList();
  }

  private static JsonNode matrix(String name) throws IOException {
    return Json.MAPPER.readTree(folder.resolve(name + "-test.json").toFile());
  }

  private static double sum(JsonNode matrix) {
    double sum = 0;
    for (JsonNode row : matrix.path("values")) {
      for (JsonNode value : row) {
        sum += value.asDouble();
      }
    }
    return sum;
  }

  @Test
  void theShapeBiasIsThatOfTheCountedDecisions() throws IOException {
    assertThat(CueConflictExperiment.DATASET).isEqualTo(Controlled15CueConflict.NAME);
    WrittenEvents written = measured();

    List<WorkerEvent.Result> decisions = of(written, "cue-decisions");
    assertThat(decisions)
        .extracting(result -> result.axes().path("cue").asText())
        .containsExactly("shape", "texture", "other");
    assertThat(decisions).allMatch(result -> result.images().orElseThrow() == IMAGES);
    assertThat(decisions.stream().mapToDouble(WorkerEvent.Result::value).sum())
        .isCloseTo(1, within(1e-12));

    double shape = sum(matrix("shape-decisions"));
    double texture = sum(matrix("texture-decisions"));
    assertThat(decisions.get(0).value()).isCloseTo(shape / IMAGES, within(1e-12));
    assertThat(decisions.get(1).value()).isCloseTo(texture / IMAGES, within(1e-12));
    WorkerEvent.Result bias = of(written, "shape-bias").get(0);
    assertThat(bias.value()).isCloseTo(shape / (shape + texture), within(1e-12));
    assertThat(bias.images()).contains((int) (shape + texture));
  }

  @Test
  void everyPairHasItsImagesAndItsOwnShapeBias() throws IOException {
    WrittenEvents written = measured();
    JsonNode images = matrix("cue-conflict-images");
    assertThat(images.path("rows")).hasSize(12);
    assertThat(Json.MAPPER.convertValue(images.path("columns"), String[].class))
        .containsExactly("small-mixed", "large-mixed", "small-white", "small-black", "small-red");
    assertThat(sum(images)).isEqualTo(IMAGES);
    // On the lattice of a near class only large marks are a conflict.
    assertThat(Json.MAPPER.convertValue(images.path("values").get(0), double[].class))
        .containsExactly(0, 20, 0, 0, 0);
    assertThat(Json.MAPPER.convertValue(images.path("values").get(6), double[].class))
        .containsExactly(20, 0, 20, 20, 20);
    for (WorkerEvent.Result pair : of(written, "shape-bias-by-pair")) {
      double shape = at(matrix("shape-decisions"), pair);
      double texture = at(matrix("texture-decisions"), pair);
      assertThat(pair.value()).isCloseTo(shape / (shape + texture), within(1e-12));
      assertThat(pair.images()).contains((int) (shape + texture));
    }
  }

  private static double at(JsonNode matrix, WorkerEvent.Result pair) {
    for (int row = 0; row < matrix.path("rows").size(); row++) {
      for (int column = 0; column < matrix.path("columns").size(); column++) {
        if (matrix.path("rows").get(row).equals(pair.axes().path("lattice"))
            && matrix.path("columns").get(column).equals(pair.axes().path("marks"))) {
          return matrix.path("values").get(row).get(column).asDouble();
        }
      }
    }
    throw new AssertionError("no such pair: " + pair.axes());
  }

  @Test
  void progressCountsEveryImage() throws IOException {
    List<WorkerEvent.Progress> progress = measured().events(WorkerEvent.Progress.class);
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(IMAGES);
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class).isThrownBy(this::measured);
  }
}
