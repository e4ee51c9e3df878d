package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.bagnetlab.queue.device.nvidia.RecentInventory;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jobs run on follows from what is wanted and from what the machine has. */
@Timeout(30)
class DevicesTests {

  private static final int CORES = 5;

  @TempDir Path folder;

  private RecentInventory machine(String answer) throws IOException {
    return new SmiScript(folder, answer).inventory(Clock.systemUTC());
  }

  private Devices choose(Backend wanted, boolean cudaClassPath, String recorded)
      throws IOException {
    return Devices.choose(wanted, 1, CORES, cudaClassPath, machine(SmiScript.recorded(recorded)));
  }

  private void assertRefused(int slots, String message) {
    assertThatExceptionOfType(NoDevice.class)
        .isThrownBy(() -> Devices.choose(Backend.CPU, slots, CORES, true, machine("")))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"AUTO", "CUDA"})
  void eachGpuThatMayRunJobsIsASlotWithAShareOfTheCores(Backend wanted) throws Exception {
    Devices devices = choose(wanted, true, "two");
    assertThat(devices.fallback()).isEmpty();
    assertThat(devices.slots())
        .extracting(DeviceSlot::name, DeviceSlot::backend, DeviceSlot::threads)
        .containsExactly(
            tuple("GPU 0 (NVIDIA TITAN V)", "cuda", 3),
            tuple("GPU 1 (NVIDIA RTX 5880 Ada Generation)", "cuda", 2));
    assertThat(devices.slots().get(1).environment())
        .isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "GPU-7f8e9d0c-1b2a-4938-8756-453423120f1e"));
  }

  /** One that is out of order may come back; its gate is closed meanwhile. */
  @Test
  void aGpuThatIsOutOfOrderIsASlotBesideOthersButNoReasonToWaitForIt() throws Exception {
    String broken = SmiScript.recorded("requires-reset");
    Devices devices =
        Devices.choose(
            Backend.AUTO,
            1,
            CORES,
            true,
            machine(broken + SmiScript.recorded("v100").replaceFirst("0,", "1,")));
    assertThat(devices.slots()).extracting(DeviceSlot::backend).containsExactly("cuda", "cuda");
    assertThat(choose(Backend.AUTO, true, "requires-reset").fallback())
        .contains(
            "Jobs run on the CPU. GPU 0 has failed: nvidia-smi reports \"GPU requires reset\".");
  }

  @Test
  void autoFallsBackToTheCpuAndSaysWhy() throws Exception {
    Devices none = choose(Backend.AUTO, true, "no-driver");
    assertThat(none.slots()).extracting(DeviceSlot::name).containsExactly("CPU");
    assertThat(none.fallback().orElseThrow())
        .startsWith("Jobs run on the CPU. The NVIDIA driver is not running.");
    assertThat(choose(Backend.AUTO, true, "h100").fallback())
        .contains(
            "Jobs run on the CPU. GPU 0 (NVIDIA H100 80GB HBM3) cannot run jobs. Its compute"
                + " capability 9.0 is too new: the engine, built with CUDA 11.6, runs on 3.7 to"
                + " 8.9.");
    assertThat(choose(Backend.AUTO, false, "v100").fallback().orElseThrow())
        .startsWith("Jobs run on the CPU. GPU 0 (Tesla V100-SXM2-16GB) could run jobs, but")
        .contains("worker-cuda");
  }

  @Test
  void cudaIsRefusedInOneLineIfNoGpuMayRunJobs() {
    for (String machine : new String[] {"no-driver", "h100", "requires-reset", "mig"}) {
      assertThatExceptionOfType(NoDevice.class)
          .isThrownBy(() -> choose(Backend.CUDA, true, machine))
          .withMessageStartingWith("--backend cuda: no job can run on a GPU. ")
          .withMessageMatching("[^\n]+");
    }
    assertThatExceptionOfType(NoDevice.class)
        .isThrownBy(() -> choose(Backend.CUDA, false, "v100"))
        .withMessageContaining("no CUDA class path");
  }

  @Test
  void theCpuIsNoFallbackIfItWasWanted() throws Exception {
    Devices devices = choose(Backend.CPU, true, "v100");
    assertThat(devices.slots()).extracting(DeviceSlot::name).containsExactly("CPU");
    assertThat(devices.fallback()).isEmpty();
    assertThat(devices.gpus()).isEmpty();
  }

  @Test
  void cpuSlotsDivideTheCoresAndTheMemory() throws Exception {
    Devices devices = Devices.choose(Backend.CPU, 2, CORES, false, machine(""));
    assertThat(devices.slots()).extracting(DeviceSlot::name).containsExactly("CPU 1", "CPU 2");
    assertThat(devices.slots()).extracting(DeviceSlot::threads).containsExactly(3, 2);
    LocalLauncher launcher = new LocalLauncher(folder, 16L << 30);
    assertThat(launcher.commandLine(devices.slots().get(1)).arguments())
        .contains(
            "-XX:ActiveProcessorCount=2", "-Dorg.bytedeco.javacpp.maxphysicalbytes=6871947673");
    assertThat(launcher.commandLine(devices.slots().get(1)).environment())
        .containsEntry("OMP_NUM_THREADS", "2")
        .doesNotContainKey("CUDA_VISIBLE_DEVICES");
  }

  @Test
  void moreSlotsThanCoresAreRefused() {
    assertRefused(6, "--cpu-slots must be from 1 to 5, the number of cores, but is 6.");
    assertRefused(0, "--cpu-slots must be from 1 to 5, the number of cores, but is 0.");
  }

  @Test
  void moreGpusThanCoresHaveAThreadEach() throws Exception {
    assertThat(Devices.choose(Backend.CUDA, 1, 1, true, machine(SmiScript.recorded("two"))).slots())
        .extracting(DeviceSlot::threads)
        .containsExactly(1, 1);
  }
}
