package org.bagnetlab.worker.evidence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.bagnetlab.experiment.evidence.EvidenceExperiment;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.LearntNetwork;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runners;
import org.bagnetlab.worker.run.SubjectNetwork;
import org.bagnetlab.worker.run.WrittenEvents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EvidenceRunnerTests {

  @TempDir private static Path folder = Path.of("");
  private static @Nullable LearntNetwork learnt;
  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void train() throws IOException {
    learnt = LearntNetwork.in(folder, "bagnet9");
  }

  private Run job(NetworkSpec spec, WrittenEvents written) {
    return requireNonNull(learnt).run(spec, new EvidenceExperiment(), written, cancellation);
  }

  private WrittenEvents run(NetworkSpec spec) throws IOException {
    WrittenEvents written = new WrittenEvents(event -> {});
    assertThat(Runners.of(new EvidenceExperiment()).run(spec, job(spec, written)))
        .isEqualTo(new WorkerEvent.Succeeded());
    return written;
  }

  private static NetworkSpec subset(Optional<String> dataset, int most) {
    EvidenceExperiment experiment = new EvidenceExperiment();
    return experiment.specification(
        experiment
            .ofRun(1)
            .with(NetworkParameters.SUBSET, most)
            .settings()
            .with(NetworkParameters.DATASET, dataset));
  }

  /** Hoyer's measure, (sqrt n - L1 / L2) / (sqrt n - 1), of each image alone. */
  @Test
  void sparsenessIsTheMeanOverTheLogitMapsOfTheImages() throws IOException {
    NetworkSpec spec = subset(Optional.empty(), 2);
    WorkerEvent.Result found = run(spec).events(WorkerEvent.Result.class).getLast();
    double sum = 0;
    WrittenEvents unread = new WrittenEvents(event -> {});
    try (SubjectNetwork subject = job(spec, unread).network(spec)) {
      LoadedImages images = subject.loaded(subject.images(spec));
      assertThat(images.count()).isEqualTo(30);
      for (int i = 0; i < images.count(); i++) {
        float[] logits = subject.network().logitMap(images.batch(i)).values();
        assertThat(logits).hasSize(15 * 7 * 7);
        double absolute = 0;
        double squares = 0;
        for (float logit : logits) {
          absolute += Math.abs(logit);
          squares += Math.pow(logit, 2);
        }
        double root = Math.sqrt(logits.length);
        sum += (root - absolute / Math.sqrt(squares)) / (root - 1);
      }
    }
    assertThat(found.output()).isEqualTo("other-evidence-sparseness");
    assertThat(found.images()).contains(30);
    assertThat(found.value()).isCloseTo(sum / 30, within(1e-5));
  }

  /** Images of a data set may be of some of its classes only. */
  @Test
  void aClassWithoutImagesHasNoEvidence() throws IOException {
    var _ = run(subset(Optional.of("controlled-15-cue-conflict"), 1));
    JsonNode byHeight =
        Json.MAPPER.readTree(folder.resolve("other-evidence-by-height-test.json").toFile());
    assertThat(byHeight.path("rows"))
        .hasSize(12)
        .noneMatch(name -> name.asText().startsWith("only-"));
    assertThat(byHeight.path("values")).hasSize(12);
  }

  @Test
  void everyTestImageHasAMapAndARowIsTheMeanOfItsPoints() throws IOException {
    WrittenEvents written = run(new EvidenceExperiment().ofRun(1));
    List<WorkerEvent.Result> results = written.events(WorkerEvent.Result.class);
    assertThat(results.getLast().output()).isEqualTo("evidence-sparseness");
    assertThat(results.getLast().images()).contains(1200);
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
    assertSharesAddUp(file, first);
    JsonNode shares =
        Json.MAPPER.readTree(folder.resolve("evidence-share-by-height-test.json").toFile());
    // After so few steps, the network may have no evidence for a class, which depends on how the
    // processor rounds.
    int classes = shares.path("rows").size();
    assertThat(classes).isBetween(12, 15);
    assertThat(results.subList(0, results.size() - 1))
        .hasSize(classes)
        .allMatch(result -> result.output().equals("evidence-upper-share"));
    for (int i = 0; i < classes; i++) {
      assertThat(results.get(i).axes().path("class").asText())
          .isEqualTo(shares.path("rows").get(i).asText());
      double upper = 0;
      for (int row = 0; row < 4; row++) {
        upper += shares.path("values").get(i).get(row).asDouble();
      }
      assertThat(results.get(i).value()).isCloseTo(upper, within(1e-4));
    }
  }

  /** Also the first row is as the maps say. */
  private static void assertSharesAddUp(JsonNode file, String first) throws IOException {
    JsonNode shares =
        Json.MAPPER.readTree(folder.resolve("evidence-share-by-height-test.json").toFile());
    assertThat(shares.path("rows").get(0).asText()).isEqualTo(first);
    for (JsonNode ofClass : shares.path("values")) {
      double all = 0;
      for (JsonNode share : ofClass) {
        assertThat(share.asDouble()).isBetween(0.0, 1.0);
        all += share.asDouble();
      }
      assertThat(all).isCloseTo(1, within(1e-4));
    }
    double sum = 0;
    int images = 0;
    for (int i = 0; i < 1200; i++) {
      double[] rows = new double[8];
      for (int point = 0; point < 64; point++) {
        rows[point / 8] += Math.max(0, file.path("maps").get(i).get(point).asDouble());
      }
      double all = DoubleStream.of(rows).sum();
      if (all > 0 && file.path("images").get(i).asText().contains("/" + first + "/")) {
        sum += rows[0] / all;
        images++;
      }
    }
    assertThat(shares.path("values").get(0).get(0).asDouble())
        .isCloseTo(sum / images, within(1e-3));
  }

  @Test
  void canBeStopped() {
    cancellation.request();
    assertThatExceptionOfType(Cancellation.Requested.class)
        .isThrownBy(() -> run(new EvidenceExperiment().ofRun(1)));
  }
}
