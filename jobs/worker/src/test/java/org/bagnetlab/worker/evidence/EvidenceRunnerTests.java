package org.bagnetlab.worker.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.evidence.EvidenceSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.WrittenEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EvidenceRunnerTests {

  @TempDir private Path folder = Path.of("");
  private final Cancellation cancellation = new Cancellation();

  private WrittenEvents run() throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    LearntNetwork learnt = LearntNetwork.in(folder, "bagnet9");
    EvidenceSpec spec = new EvidenceSpec(1);
    assertThat(
            Runners.of(new EvidenceExperiment())
                .run(spec, learnt.run(spec, new EvidenceExperiment(), written, cancellation)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  @Test
  void everyTestImageHasAMapAndARowIsTheMeanOfItsPoints() throws IOException {
    WrittenEvents written = run();
    assertThat(written.events(WorkerEvent.Result.class))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.output()).isEqualTo("evidence-sparseness");
              assertThat(found.images()).contains(1200);
              // Gaussian noise has about .2 in so many values, and a network has learnt something.
              assertThat(found.value()).isBetween(.1, .9);
            });
    JsonNode file = Json.MAPPER.readTree(folder.resolve("evidence.json").toFile());
    assertThat(file.path("images")).hasSize(1200);
    assertThat(file.path("maps")).hasSize(1200);
    assertThat(file.path("side").asInt()).isEqualTo(8);
    assertThat(file.path("first").asInt()).isEqualTo(16);
    assertThat(file.path("distance").asInt()).isEqualTo(4);
    JsonNode byHeight =
        Json.MAPPER.readTree(folder.resolve("evidence-by-height-test.json").toFile());
    String first = byHeight.path("rows").get(0).asText();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < 1200; i++) {
      if (file.path("images").get(i).asText().contains("/" + first + "/")) {
        for (int column = 0; column < 8; column++) {
          sum += file.path("maps").get(i).get(column).asDouble();
          count++;
        }
      }
    }
    assertThat(count).isEqualTo(80 * 8);
    assertThat(byHeight.path("values").get(0).get(0).asDouble())
        .isCloseTo(sum / count, within(1e-4));
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class).isThrownBy(() -> run());
  }
}
