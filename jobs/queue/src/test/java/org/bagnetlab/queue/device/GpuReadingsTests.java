package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The GPUs are read before a job starts. */
@Timeout(30)
class GpuReadingsTests {

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  private SmiScript script;
  private Gpu first;
  private GpuReadings readings;

  @BeforeEach
  void open() throws IOException {
    script = new SmiScript(folder, SmiScript.busyAndFree());
    NvidiaSmi gpus = script.smi(Clock.systemUTC());
    first = gpus.inventory().gpus().get(0);
    readings = new GpuReadings(vertx, gpus);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Inventory result(Future<Inventory> reading) throws Exception {
    return reading.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Optional<String> refusal() throws Exception {
    return GpuReadings.refusal(first, result(readings.now()));
  }

  /** Or else what our own job used would be taken for somebody else's. */
  @Test
  void readingsAreNeverOlderThanWanted() throws Exception {
    Inventory before = result(readings.now());
    assertThat(result(readings.recent(System.nanoTime() - TimeUnit.MINUTES.toNanos(1))))
        .isSameAs(before);
    script.says(SmiScript.free());
    assertThat(result(readings.recent(System.nanoTime())).gpus().get(0).unavailable()).isEmpty();
  }

  @Test
  void aGpuThatIsGoneIsRefused() throws Exception {
    assertThat(refusal()).isEmpty();
    script.says(SmiScript.free().lines().skip(1).findFirst().orElseThrow());
    assertThat(refusal()).contains("nvidia-smi no longer lists GPU 0.");
    script.says(SmiScript.recorded("no-driver"));
    assertThat(refusal().orElseThrow()).startsWith("The NVIDIA driver is not running.");
  }

  @Test
  void aGpuThatWasDividedMeanwhileIsRefused() throws Exception {
    script.says(SmiScript.free().replace("[N/A]", "Enabled"));
    assertThat(refusal().orElseThrow()).contains("disable MIG");
  }
}
