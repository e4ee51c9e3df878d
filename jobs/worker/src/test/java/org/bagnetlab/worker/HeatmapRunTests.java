package org.bagnetlab.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Recipe;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.ArtifactWritten;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.network.InitialWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever waits for a fine heatmap has a coarse one meanwhile. */
@Timeout(120)
class HeatmapRunTests {

  private static final JobSpec.Train TRAINING =
      new JobSpec.Train(
          "bagnet9",
          "controlled-15",
          64,
          0.0625,
          Recipe.QUICK,
          1,
          16,
          1e-3,
          1,
          1,
          Optional.empty());

  @TempDir private Path folder = Path.of("");
  private final Cancellation cancellation = new Cancellation();
  private final List<WorkerEvent> events = new ArrayList<>();
  private Path checkpoint = Path.of("");
  private int heatmapsBeforeCancelling = Integer.MAX_VALUE;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    Architecture architecture =
        Architectures.named(TRAINING.architecture())
            .build(15, TRAINING.width(), TRAINING.imageSize());
    checkpoint = folder.resolve("best.safetensors");
    Checkpoint.of(Map.of(), InitialWeights.of(architecture, 1)).write(checkpoint, architecture);
  }

  private void draw(int stride) throws IOException {
    EventWriter writer =
        new EventWriter(new PrintStream(new Server(), true, StandardCharsets.UTF_8));
    Run run =
        new Run(
            LocalEngine.start(),
            writer,
            cancellation,
            new ArtifactWriter(folder, writer),
            folder,
            folder);
    new HeatmapRun(
            run,
            new JobSpec.Heatmap(1, Optional.empty(), Optional.empty(), stride),
            new Assignment.Subject(TRAINING, checkpoint.toString()))
        .run();
  }

  private List<ArtifactWritten> heatmaps() {
    return events.stream()
        .filter(ArtifactWritten.class::isInstance)
        .map(ArtifactWritten.class::cast)
        .filter(artifact -> artifact.facts().containsKey("stride"))
        .toList();
  }

  private static double fact(ArtifactWritten artifact, String name) {
    return Double.parseDouble(String.valueOf(artifact.facts().get(name)));
  }

  @Test
  void aCoarseMapComesFirstAndTheFineOneTakesItsPlace() throws IOException {
    draw(1);
    assertThat(heatmaps())
        .extracting(each -> Json.MAPPER.valueToTree(each.kind()).asText() + fact(each, "stride"))
        .containsExactly(
            "heatmap8.0", "scrambled-heatmap8.0", "heatmap1.0", "scrambled-heatmap1.0");
    for (int i = 0; i < 2; i++) {
      ArtifactWritten coarse = heatmaps().get(i);
      ArtifactWritten fine = heatmaps().get(i + 2);
      assertThat(coarse.replaces()).isEmpty();
      assertThat(fine.replaces()).contains(coarse.path());
      assertThat(folder.resolve(coarse.path())).exists();
      // All of the coarse map's values are among the fine one's.
      assertThat(fact(fine, "minimum")).isLessThanOrEqualTo(fact(coarse, "minimum"));
      assertThat(fact(fine, "maximum")).isGreaterThanOrEqualTo(fact(coarse, "maximum"));
    }
  }

  @Test
  void progressCountsThePartsOfAllMaps() throws IOException {
    draw(1);
    List<WorkerEvent.Progress> progress =
        events.stream()
            .filter(WorkerEvent.Progress.class::isInstance)
            .map(WorkerEvent.Progress.class::cast)
            .toList();
    assertThat(progress).extracting(WorkerEvent.Progress::done).isSorted();
    assertThat(progress).extracting(WorkerEvent.Progress::total).containsOnly(2 * (1 + 64));
    WorkerEvent.Progress last = progress.get(progress.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.secondsLeft()).isZero();
  }

  @Test
  void aMapOfTheOutputStrideIsDrawnOnce() throws IOException {
    draw(8);
    assertThat(heatmaps()).hasSize(2).allMatch(map -> map.replaces().isEmpty());
  }

  @Test
  void whatIsCancelledMeanwhileLeavesTheCoarseMaps() {
    heatmapsBeforeCancelling = 2;
    assertThatExceptionOfType(Cancellation.Requested.class).isThrownBy(() -> draw(1));
    assertThat(heatmaps()).extracting(map -> fact(map, "stride")).containsExactly(8.0, 8.0);
  }

  /** Reads what is written, line by line, as the server would. */
  private final class Server extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int value) throws IOException {
      line.write(value);
      if (value == '\n') {
        events.add(Json.MAPPER.readValue(line.toByteArray(), WorkerEvent.class));
        line.reset();
        if (heatmaps().size() == heatmapsBeforeCancelling) {
          cancellation.request();
        }
      }
    }
  }
}
