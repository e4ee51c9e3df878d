package org.bagnetlab.worker.readouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.evaluate.EvaluateExperiment;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.readouts.ReadoutsExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.readout.Readout;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReadoutsRunnerTests {

  @TempDir private Path folder = Path.of("");
  private final Cancellation cancellation = new Cancellation();

  private WrittenEvents measured(LearntNetwork learnt, NetworkSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(
            Runners.of(new ReadoutsExperiment())
                .run(spec, learnt.run(spec, new ReadoutsExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static List<WorkerEvent.Result> results(WrittenEvents written, String output) {
    return written.events(WorkerEvent.Result.class).stream()
        .filter(result -> result.output().equals(output))
        .toList();
  }

  @Test
  void aNetworkWithASinglePositionIsRefused() throws IOException {
    LearntNetwork learnt = LearntNetwork.in(folder, "vgg16_bn");
    assertThatExceptionOfType(InvalidJob.class)
        .isThrownBy(() -> measured(learnt, new ReadoutsExperiment().ofRun(1)))
        .withMessageContaining("has a single position, so all readouts are equal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bagnet9", "resnet50"})
  void everyReadoutIsMeasuredAndTheFirstIsTheNetworkItself(String architecture) throws IOException {
    LearntNetwork learnt = LearntNetwork.in(folder, architecture);
    NetworkSpec spec = new ReadoutsExperiment().ofRun(1);
    WrittenEvents written = measured(learnt, spec);
    List<WorkerEvent.Result> accuracies = results(written, "readout-accuracy");
    List<String> names =
        Stream.concat(
                Stream.of(Readout.values()).map(Readout::text),
                Stream.of(ReadoutsExperiment.TRAINED))
            .toList();
    assertThat(accuracies)
        .extracting(result -> result.axes().path("readout").asText())
        .containsExactlyElementsOf(Stream.concat(names.stream(), names.stream()).toList());
    assertThat(accuracies).allSatisfy(result -> assertThat(result.images()).contains(1200));

    NetworkSpec evaluation = new EvaluateExperiment().ofRun(1);
    WrittenEvents evaluated = new WrittenEvents(event -> {});
    assertThat(
            Runners.of(new EvaluateExperiment())
                .run(
                    evaluation,
                    learnt.run(evaluation, new EvaluateExperiment(), evaluated, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    for (String set : List.of("test", "scrambled")) {
      double own =
          results(evaluated, "accuracy").stream()
              .filter(result -> result.set().equals(set))
              .findFirst()
              .orElseThrow()
              .value();
      double read =
          accuracies.stream()
              .filter(result -> result.set().equals(set))
              .findFirst()
              .orElseThrow()
              .value();
      assertThat(read).isCloseTo(own, within(1e-9));
    }

    JsonNode file = Json.MAPPER.readTree(folder.resolve("readouts.json").toFile());
    assertThat(file.path("labels")).hasSize(1200);
    assertThat(file.path("test").path("best-patch")).hasSize(1200);
    assertThat(results(written, "patch-accuracy"))
        .hasSize(2)
        .allSatisfy(result -> assertThat(result.value()).isBetween(0.02, 0.98));
  }

  /** Its training images belong to another data set. */
  @Test
  void withoutTrainingImagesThereIsNoTrainedReadout() throws IOException {
    LearntNetwork learnt = LearntNetwork.in(folder, "bagnet9");
    NetworkSpec spec =
        new ReadoutsExperiment()
            .ofRun(1)
            .with(NetworkParameters.DATASET, "controlled-15-cue-conflict")
            .with(NetworkParameters.IMAGES, ImageChoice.ALL)
            .with(NetworkParameters.SUBSET, 2);
    WrittenEvents written = measured(learnt, spec);
    assertThat(results(written, "other-readout-accuracy"))
        .hasSize(2 * Readout.values().length)
        .noneMatch(
            result -> result.axes().path("readout").asText().equals(ReadoutsExperiment.TRAINED));
  }
}
