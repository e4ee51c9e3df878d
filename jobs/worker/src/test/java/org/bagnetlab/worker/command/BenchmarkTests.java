package org.bagnetlab.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.bagnetlab.protocol.EngineRequest;
import org.bagnetlab.protocol.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The benchmark of the engine of these tests. */
@Timeout(120)
class BenchmarkTests {

  private static EngineRequest.Bench bench(EngineRequest.Operation operation) {
    return new EngineRequest.Bench(
        operation, "bagnet9", 32, 2, 0.0625, 3, 8, Precision.FP32, false);
  }

  @Test
  void eachTurnHasAResultUntilTheEnd() throws InterruptedException {
    List<Map<String, Object>> results = new ArrayList<>();
    Benchmark.inTurns(
        bench(EngineRequest.Operation.TRAIN),
        new LinkedBlockingQueue<>(List.of("0.0001", "0.05", "0", "1")),
        results::add);
    assertThat(results)
        .hasSize(2)
        .allSatisfy(
            turn -> assertThat((Double) turn.get("imagesPerSecond")).isGreaterThan(0).isFinite());
    assertThat(results.get(0)).as("at least one piece of work").containsEntry("iterations", 1);
  }

  @Test
  void aHeatmapIsMeasuredInSecondsForOneImage() {
    assertThat(Benchmark.run(bench(EngineRequest.Operation.HEATMAP), (done, total) -> {}))
        .containsEntry("batch", 1)
        .containsEntry("iterations", 3)
        .containsKey("secondsPerImage");
  }
}
