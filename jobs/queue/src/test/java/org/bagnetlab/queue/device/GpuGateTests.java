package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job starts on a GPU only if nobody else is there. */
@Timeout(30)
class GpuGateTests {

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  private SmiScript script;
  private Devices devices;
  private GpuGate gate;

  @BeforeEach
  void open() throws IOException {
    script = new SmiScript(folder, SmiScript.busyAndFree());
    NvidiaSmi gpus = script.smi(Clock.systemUTC());
    devices =
        Devices.choose(
            Backend.CUDA,
            1,
            GpuSlots.ONE,
            2,
            GpuEngines.of(Set.of("cuda"), new SharedLibraries(List.of())),
            gpus);
    gate = new GpuGate(vertx, gpus);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Optional<String> refusal(DeviceSlot slot) throws Exception {
    return gate.refusal(slot).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void eachGpuIsJudgedByItself() throws Exception {
    assertThat(refusal(devices.slots().get(0)))
        .contains("GPU 0 has 2.7 of 12.0 GiB free; another program is using it.");
    assertThat(refusal(devices.slots().get(1))).isEmpty();
  }

  /** Or else what our own job used would be taken for somebody else's. */
  @Test
  void aRefusalIsNeverOlderThanTheQuestion() throws Exception {
    assertThat(refusal(devices.slots().get(0))).isPresent();
    script.says(SmiScript.free());
    assertThat(refusal(devices.slots().get(0))).isEmpty();
  }

  @Test
  void aGpuThatIsGoneIsRefused() throws Exception {
    script.says(SmiScript.free().lines().skip(1).findFirst().orElseThrow());
    assertThat(refusal(devices.slots().get(0))).contains("nvidia-smi no longer lists GPU 0.");
    script.says(SmiScript.recorded("no-driver"));
    assertThat(refusal(devices.slots().get(0)).orElseThrow())
        .startsWith("The NVIDIA driver is not running.");
  }

  @Test
  void aGpuThatWasDividedMeanwhileIsRefused() throws Exception {
    script.says(SmiScript.free().replace("[N/A]", "Enabled"));
    assertThat(refusal(devices.slots().get(0)).orElseThrow()).contains("disable MIG");
  }

  @Test
  void whatIsNoGpuIsNotAskedAbout() throws Exception {
    script.says(SmiScript.recorded("no-driver"));
    assertThat(refusal(new DeviceSlot("CPU", "cpu", 2))).isEmpty();
  }
}
