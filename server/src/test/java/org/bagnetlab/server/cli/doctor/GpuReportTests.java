package org.bagnetlab.server.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.Mps;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's verdict on each GPU. */
@Timeout(30)
class GpuReportTests {

  private static final String FREE =
      "0, GPU-86b2d7e0, 535.129.03, 16384, 0, 16150, 0, 32, 39.1, [N/A], 7.0, Tesla V100-SXM2-16GB\n";
  private static final String BUSY =
      "1, GPU-19a8b7c6, 535.129.03, 16384, 16000, 150, 99, 71, 250, [N/A], 7.0, Tesla V100-SXM2-16GB\n";
  private static final String OLD =
      "2, GPU-5d4c3b2a, 535.129.03, 4096, 0, 4096, 0, 38, 21, [N/A], 3.0, Quadro K4000\n";

  private static final String NOT_LIBTORCH =
      "              libtorch runs on compute capabilities from 7.5, this GPU has 7.0.";

  @TempDir Path folder;

  private static GpuEngines engines(String... classPaths) {
    return GpuEngines.of(Set.of(classPaths), new SharedLibraries(List.of()));
  }

  private ObjectNode report(String answer, String... classPaths) throws IOException {
    return report(GpuSlots.ONE, answer, engines(classPaths));
  }

  private ObjectNode report(GpuSlots slots, String answer, GpuEngines engines) throws IOException {
    Path script = Files.writeString(folder.resolve("smi"), "printf '%s'".formatted(answer));
    NvidiaSmi smi =
        new NvidiaSmi(
            List.of("/bin/sh", script.toString()), Duration.ofSeconds(20), Clock.systemUTC());
    ObjectNode report = Json.MAPPER.createObjectNode();
    GpuReport.add(report, smi.inventory(), engines, slots, new Mps(folder));
    return report;
  }

  private static String printed(ObjectNode report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GpuReport.print(report, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachGpuHasAVerdict() throws Exception {
    ObjectNode report = report(FREE + BUSY + OLD, "cuda");
    assertThat(report.path("gpus").findValuesAsText("verdict"))
        .containsExactly("usable", "usable", "refused");
    assertThat(printed(report).lines())
        .containsExactly(
            "GPU           GPU 0 (Tesla V100-SXM2-16GB), 16.0 GiB, compute capability 7.0: usable with ND4J",
            NOT_LIBTORCH,
            "GPU           GPU 1 (Tesla V100-SXM2-16GB), 16.0 GiB, compute capability 7.0: usable with ND4J,"
                + " but currently unavailable. GPU 1 has 0.1 of 16.0 GiB free; another program is using it.",
            NOT_LIBTORCH,
            "GPU           GPU 2 (Quadro K4000) cannot run jobs. libtorch runs on compute"
                + " capabilities from 7.5, this GPU has 3.0. ND4J runs on compute capabilities 3.7"
                + " to 8.9, this GPU has 3.0.");
  }

  @Test
  void whatJobsThatShareAGpuMeetIsSaid() throws Exception {
    String t4 = "0, GPU-86b2d7e0, 580.65.06, 16384, 0, 16150, 0, 32, 39.1, [N/A], 7.5, Tesla T4\n";
    Path libraries = Files.createDirectories(folder.resolve("libraries"));
    for (String name : GpuEngine.TORCH.libraries()) {
      Files.write(libraries.resolve(name), new byte[0]);
    }
    GpuEngines engines =
        GpuEngines.of(Set.of("torch-cuda", "cuda"), new SharedLibraries(List.of(libraries)));
    assertThat(printed(report(GpuSlots.equal(3), t4, engines)))
        .contains(
            "  Runs 3 jobs at once. Jobs share the GPU in turns, because NVIDIA MPS is not running.");
    Files.createFile(folder.resolve("control"));
    assertThat(printed(report(GpuSlots.byMeasurement(), t4 + FREE, engines)).lines())
        .filteredOn(line -> line.contains("at once"))
        .containsExactly(
            "              Runs up to 8 jobs at once, as many as fit its memory. Jobs share the GPU"
                + " at the same time, because NVIDIA MPS is running.");
  }

  @Test
  void aMissingClassPathIsToldWhereItMatters() throws Exception {
    assertThat(printed(report(FREE))).contains("this build has no class path worker-cuda");
    assertThat(printed(report("No devices were found")).lines())
        .containsExactly("GPU           The NVIDIA driver is running, but finds no usable GPU.");
  }

  @Test
  void aMachineWithoutADriverSaysSo() {
    ObjectNode report = Json.MAPPER.createObjectNode();
    Path none = folder.resolve("none");
    GpuReport.add(
        report,
        NvidiaSmi.of(Map.of(NvidiaSmi.VARIABLE, none.toString())).inventory(),
        engines(),
        GpuSlots.ONE,
        Mps.of(Map.of()));
    assertThat(report.path("gpus")).isEmpty();
    assertThat(printed(report))
        .isEqualTo(
            "GPU           No NVIDIA driver is installed: nvidia-smi was not found.%n".formatted());
  }
}
