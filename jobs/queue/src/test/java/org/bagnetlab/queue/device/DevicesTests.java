package org.bagnetlab.queue.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.queue.device.nvidia.Gpus;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
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

  private NvidiaSmi machine(String answer) throws IOException {
    return new SmiScript(folder, answer).smi(Clock.systemUTC());
  }

  /** An application and a machine with all libraries. */
  private GpuEngines engines(String... classPaths) throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("libraries"));
    for (String name : GpuEngine.TORCH.libraries()) {
      Files.write(libraries.resolve(name), new byte[0]);
    }
    return GpuEngines.of(Set.of(classPaths), new SharedLibraries(List.of(libraries)));
  }

  private Devices choose(Backend wanted, GpuEngines engines, String answer) throws IOException {
    return Devices.choose(wanted, 1, GpuSlots.ONE, CORES, engines, machine(answer));
  }

  private Devices choose(Backend wanted, boolean withCuda, String recorded) throws IOException {
    return choose(
        wanted, withCuda ? engines("cpu", "cuda") : engines("cpu"), SmiScript.recorded(recorded));
  }

  private Devices choose(Backend wanted, int slots) throws IOException {
    return Devices.choose(wanted, slots, GpuSlots.ONE, CORES, GpuEngines.none(), machine(""));
  }

  private void assertRefused(int slots, String message) {
    assertThatExceptionOfType(NoDevice.class)
        .isThrownBy(() -> choose(Backend.CPU, slots))
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

  /** Its nvidia-smi does not know the column. */
  @Test
  void aDriverThatReportsNoComputeCapabilityIsNamed() throws Exception {
    assertThat(choose(Backend.AUTO, true, "compute-cap-unknown").fallback())
        .contains(
            "Jobs run on the CPU. The NVIDIA driver is too old: its nvidia-smi does not report"
                + " compute capabilities. To use GPUs, install version 510 or newer of the NVIDIA"
                + " driver and its tools; a GPU that no such driver supports is too old.");
  }

  /** One that is out of order may come back; its gate is closed meanwhile. */
  @Test
  void aGpuThatIsOutOfOrderIsASlotBesideOthersButNoReasonToWaitForIt() throws Exception {
    String broken = SmiScript.recorded("requires-reset");
    Devices devices =
        choose(
            Backend.AUTO,
            engines("cuda"),
            broken + SmiScript.recorded("v100").replaceFirst("0,", "1,"));
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
            "Jobs run on the CPU. GPU 0 (NVIDIA H100 80GB HBM3) cannot run jobs. libtorch needs"
                + " driver 580 or newer, 550.90.07 is running. ND4J runs on compute capabilities"
                + " 3.7 to 8.9, this GPU has 9.0.");
    assertThat(choose(Backend.AUTO, false, "v100").fallback().orElseThrow())
        .isEqualTo(
            "Jobs run on the CPU. GPU 0 (Tesla V100-SXM2-16GB) cannot run jobs. libtorch runs on"
                + " compute capabilities from 7.5, this GPU has 7.0. ND4J could use this GPU, but"
                + " this build has no class path worker-cuda; ./bagnetlab build cuda adds it.");
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
        .withMessageContaining("no class path worker-cuda");
  }

  @Test
  void theCpuIsNoFallbackIfItWasWanted() throws Exception {
    Devices devices = choose(Backend.CPU, true, "v100");
    assertThat(devices.slots()).extracting(DeviceSlot::name).containsExactly("CPU");
    assertThat(devices.fallback()).isEmpty();
    assertThat(devices.gpus()).isEmpty();
  }

  /** With all class paths and libraries, and a driver for both engines. */
  @ParameterizedTest
  @CsvSource({
    "h100, torch-cuda, torch-cuda",
    "rtx-5090, torch-cuda, torch-cuda",
    "a100, torch-cuda, cuda",
    "rtx-4090, torch-cuda, cuda",
    "v100, cuda, cuda"
  })
  void eachGpuHasTheEngineThatSupportsIt(String recorded, String preferred, String otherwise)
      throws Exception {
    GpuEngines engines = engines("cpu", "cuda", "torch", "torch-cuda");
    String answer = SmiScript.recorded(recorded).replaceAll("5[35]\\d\\.[\\d.]+", "580.65.06");
    assertThat(choose(Backend.AUTO, engines, answer).slots())
        .extracting(DeviceSlot::backend)
        .containsOnly(preferred);
    assertThat(choose(Backend.AUTO, engines.preferring(GpuEngine.ND4J), answer).slots())
        .extracting(DeviceSlot::backend)
        .containsOnly(otherwise);
  }

  @Test
  void aMachineCanUseBothEngines() throws Exception {
    String answer =
        SmiScript.recorded("a100") + SmiScript.recorded("v100").replaceFirst("0,", "1,");
    Devices devices = choose(Backend.AUTO, engines("cuda", "torch-cuda"), answer);
    assertThat(devices.slots())
        .extracting(DeviceSlot::name, DeviceSlot::backend)
        .containsExactly(
            tuple("GPU 0 (NVIDIA A100-SXM4-80GB)", "torch-cuda"),
            tuple("GPU 1 (Tesla V100-SXM2-16GB)", "cuda"));
    assertThat(choose(Backend.TORCH, engines("cuda", "torch-cuda"), answer).slots()).hasSize(1);
  }

  @Test
  void missingLibrariesAreNamedWithTheCommandThatInstallsThem() throws Exception {
    GpuEngines engines = engines("torch-cuda");
    Files.delete(folder.resolve("libraries/libcudnn.so.9"));
    Files.delete(folder.resolve("libraries/libnccl.so.2"));
    assertThat(choose(Backend.AUTO, engines, SmiScript.recorded("rtx-5090")).fallback())
        .hasValueSatisfying(
            fallback ->
                assertThat(fallback)
                    .contains(
                        "libtorch could use this GPU, but libcudnn.so.9, libnccl.so.2 are not found.",
                        "sudo apt install libcudnn9-cuda-13 libnccl2 ND4J",
                        "ND4J runs on compute capabilities 3.7 to 8.9, this GPU has 12.0."));
  }

  /** Jars of one class path are of no use to workers with another one. */
  @Test
  void librariesInJarsOfItsClassPathAreNotMissing() throws Exception {
    GpuEngines engines = engines("torch-cuda");
    Files.delete(folder.resolve("libraries/libcudart.so.13"));
    Files.delete(folder.resolve("libraries/libcudnn.so.9"));
    LocalLauncher launcher = new LocalLauncher(folder, 16L << 30);
    Path others = Files.createDirectories(folder.resolve("worker-cuda"));
    jar(others.resolve("cuda-redist.jar"), "libcudart.so.13", "libcudnn.so.9");
    Path own = Files.createDirectories(folder.resolve("worker-torch-cuda"));
    jar(own.resolve("cuda-redist.jar"), "libcudart.so.13");
    jar(own.resolve("cuda-redist-nccl.jar"), "libnccl.so.2");
    String gpu = SmiScript.recorded("rtx-5090");

    String environment = folder.resolve("libraries").toString();
    SharedLibraries libraries = launcher.libraries(Map.of("LD_LIBRARY_PATH", environment));
    GpuEngines packed = GpuEngines.of(engines.classPaths(), libraries);
    assertThat(choose(Backend.AUTO, packed, gpu).fallback().orElseThrow())
        .contains("libtorch could use this GPU, but libcudnn.so.9 is not found.");
    jar(own.resolve("cuda-redist-cudnn.jar"), "libcudnn.so.9");
    GpuEngines complete =
        GpuEngines.of(
            engines.classPaths(), launcher.libraries(Map.of("LD_LIBRARY_PATH", environment)));
    assertThat(choose(Backend.AUTO, complete, gpu).fallback()).isEmpty();
  }

  private static void jar(Path file, String... libraries) throws IOException {
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String library : libraries) {
        jar.putNextEntry(new ZipEntry("org/bytedeco/cuda/linux-x86_64/" + library));
      }
    }
  }

  @Test
  void eachLibraryThatAnEngineNeedsHasAPackage() throws Exception {
    for (GpuEngine engine : GpuEngine.values()) {
      assertThat(SharedLibraries.packages().keySet()).containsAll(engine.libraries());
    }
    String script = Files.readString(Path.of("../../scripts/cuda-libraries"));
    assertThat(SharedLibraries.packages().values())
        .allSatisfy(name -> assertThat(script).containsPattern("[\" ]" + name + "[\" ]"));
  }

  @Test
  void torchFallsBackToTheCpuWithLibtorch() throws Exception {
    Devices devices = choose(Backend.TORCH, engines("cpu", "torch"), SmiScript.recorded("v100"));
    assertThat(devices.slots()).extracting(DeviceSlot::backend).containsExactly("torch");
    assertThat(devices.fallback().orElseThrow())
        .startsWith(
            "Jobs run on the CPU with libtorch. GPU 0 (Tesla V100-SXM2-16GB) cannot run jobs."
                + " libtorch runs on compute capabilities from 7.5, this GPU has 7.0.")
        .doesNotContain("ND4J");
    assertThatExceptionOfType(NoDevice.class)
        .isThrownBy(() -> choose(Backend.TORCH, engines("cpu"), SmiScript.recorded("no-driver")))
        .withMessageContaining("this build has no class path worker-torch for the CPU");
  }

  @Test
  void cpuSlotsDivideTheCoresAndTheMemory() throws Exception {
    Devices devices = choose(Backend.CPU, 2);
    assertThat(devices.slots()).extracting(DeviceSlot::name).containsExactly("CPU 1", "CPU 2");
    assertThat(devices.slots()).extracting(DeviceSlot::threads).containsExactly(3, 2);
    LocalLauncher launcher = new LocalLauncher(folder, 16L << 30).with(List.of("-Dmore"));
    assertThat(launcher.commandLine(devices.slots().get(1)).arguments())
        .contains(
            "-Dmore",
            "-XX:ActiveProcessorCount=2",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=6871947673");
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
    assertThat(
            Devices.choose(
                    Backend.CUDA,
                    1,
                    GpuSlots.ONE,
                    1,
                    engines("cuda"),
                    machine(SmiScript.recorded("two")))
                .slots())
        .extracting(DeviceSlot::threads)
        .containsExactly(1, 1);
  }

  @Test
  void aGpuHasAsManySlotsAsItsEngineAllows() throws IOException {
    GpuEngines nd4j = engines("cuda");
    assertThatExceptionOfType(NoDevice.class)
        .isThrownBy(() -> slots(GpuSlots.equal(3), nd4j))
        .withMessageContainingAll("slots: 3", "GPU 0 (NVIDIA TITAN V) computes with ND4J");
    assertThat(slots(GpuSlots.byMeasurement(), nd4j)).hasSize(2);
    assertThat(DeviceSlot.gpus(Map.of(Gpus.gpu(0), GpuEngine.TORCH), GpuSlots.equal(2), 5))
        .extracting(DeviceSlot::name, DeviceSlot::threads, DeviceSlot::sharing)
        .containsExactly(
            tuple("GPU 0 (NVIDIA RTX A5000), slot 1", 3, 2),
            tuple("GPU 0 (NVIDIA RTX A5000), slot 2", 2, 2));
    assertThat(DeviceSlot.gpus(Map.of(Gpus.gpu(0), GpuEngine.TORCH), GpuSlots.byMeasurement(), 7))
        .as("slots for workers with two cores")
        .hasSize(3);
  }

  private List<DeviceSlot> slots(GpuSlots wanted, GpuEngines engines) throws IOException {
    return Devices.choose(
            Backend.CUDA, 1, wanted, CORES, engines, machine(SmiScript.recorded("two")))
        .slots();
  }
}
