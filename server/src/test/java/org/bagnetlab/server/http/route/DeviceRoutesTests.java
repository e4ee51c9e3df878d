package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bagnetlab.queue.device.Backend;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for the devices is told of every GPU. A shell script is nvidia-smi here. */
@Timeout(120)
class DeviceRoutesTests {

  private static final String V100 =
      "0, GPU-86b2d7e0-1c34-4a59-8f60-2b7c9d0e1f32, 535.129.03, 16384, 15000, 1150, 97, 71, 212.5,"
          + " [N/A], 7.0, Tesla V100-SXM2-16GB\n";
  private static final String H100 =
      "1, GPU-19a8b7c6-d5e4-4f30-9122-31405f6e7d8c, 535.129.03, 81559, 0, 81000, 0, 39, 69.8,"
          + " Disabled, 9.0, NVIDIA H100 80GB HBM3\n";
  private static final String TOO_NEW_FOR_ND4J =
      "ND4J runs on compute capabilities 3.7 to 8.9, this GPU has 9.0.";
  private static final String TOO_NEW =
      "GPU 1 (NVIDIA H100 80GB HBM3) cannot run jobs. libtorch needs driver 580 or newer,"
          + " 535.129.03 is running. "
          + TOO_NEW_FOR_ND4J;
  private static final long MIB = 1 << 20;

  @TempDir Path data;
  @TempDir Path folder;

  private NvidiaSmi smi(String answer) throws IOException {
    Files.writeString(folder.resolve("answer"), answer);
    Path script =
        Files.writeString(folder.resolve("smi"), "cat '%s'".formatted(folder.resolve("answer")));
    return new NvidiaSmi(
        List.of("/bin/sh", script.toString()), Duration.ofSeconds(20), Clock.systemUTC());
  }

  private TestServer server(Backend backend, boolean withCuda, String answer) throws IOException {
    GpuEngines engines =
        GpuEngines.of(
            withCuda ? Set.of("cpu", "cuda") : Set.of("cpu"), new SharedLibraries(List.of()));
    return server(backend, GpuSlots.ONE, engines, smi(answer));
  }

  private TestServer server(Backend backend, GpuSlots slots, GpuEngines engines, NvidiaSmi smi)
      throws IOException {
    return new TestServer(
        TestServer.settings(data).with(Devices.choose(backend, 1, slots, 2, engines, smi)));
  }

  /** All that libtorch needs for GPUs. */
  private GpuEngines libtorch() throws IOException {
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    for (String name : GpuEngine.TORCH.libraries()) {
      Files.write(libraries.resolve(name), new byte[0]);
    }
    return GpuEngines.of(Set.of("torch-cuda"), new SharedLibraries(List.of(libraries)));
  }

  @Test
  void aGpuTellsWhatItDoesAndWhyItStartsNothing() throws Exception {
    try (TestServer server = server(Backend.CUDA, true, V100 + H100)) {
      JsonNode devices = server.json("/devices").path("devices");
      assertThat(devices).hasSize(2);
      JsonNode gpu = devices.get(0);
      assertThat(gpu.path("name").asText()).isEqualTo("GPU 0 (Tesla V100-SXM2-16GB)");
      assertThat(gpu.path("uuid").asText()).startsWith("GPU-86b2d7e0");
      assertThat(gpu.path("slots").asInt()).isEqualTo(1);
      assertThat(gpu.path("memoryTotal").asLong()).isEqualTo(16384 * MIB);
      assertThat(gpu.path("memoryUsed").asLong()).isEqualTo(15000 * MIB);
      assertThat(gpu.path("utilisation").asInt()).isEqualTo(97);
      assertThat(gpu.path("temperature").asInt()).isEqualTo(71);
      assertThat(gpu.path("watts").asDouble()).isEqualTo(212.5);
      assertThat(gpu.path("history")).hasSize(1);
      JsonNode point = gpu.path("history").get(0);
      assertThat(Instant.parse(point.path("at").asText())).isBefore(Instant.now());
      assertThat(point.path("utilisation").asInt()).isEqualTo(97);
      assertThat(devices.findValues("fallback")).isEmpty();
    }
  }

  @Test
  void eachSlotOfAGpuIsListed() throws Exception {
    String t4 = "0, GPU-2b1c0d9e, 580.65.06, 16384, 0, 16150, 0, 32, 39.1, [N/A], 7.5, Tesla T4\n";
    try (TestServer server = server(Backend.TORCH, GpuSlots.equal(2), libtorch(), smi(t4));
        EventStream events = server.events("")) {
      JsonNode devices = server.json("/devices").path("devices");
      assertThat(devices.findValuesAsText("name"))
          .containsExactly("GPU 0 (Tesla T4), slot 1", "GPU 0 (Tesla T4), slot 2");
      assertThat(devices.findValuesAsText("slot")).containsExactly("1", "2");
      assertThat(devices.get(0).path("history")).hasSize(1);
      assertThat(devices.get(1).path("history")).isEmpty();
      assertThat(devices.get(1).path("sharing").asText()).contains("NVIDIA MPS");
      long job = server.train("bagnet9", 1);
      JsonNode running =
          events.await(event -> event.type().equals("device") && event.data().has("share")).data();
      assertThat(running.path("name").asText()).isEqualTo("GPU 0 (Tesla T4), slot 1");
      assertThat(running.path("job").asLong()).isEqualTo(job);
      assertThat(running.path("share").asLong()).isEqualTo((16150 / 2 - 768) * MIB);
    }
  }

  @Test
  void aGpuThatOthersUseIsShownWithTheNewestReason() throws Exception {
    String reason = "GPU 0 has 2.1 of 16.0 GiB free; another program is using it.";
    try (TestServer server = server(Backend.AUTO, true, V100);
        EventStream events = server.events("")) {
      // The server looked when it started, which nobody could hear of.
      Path next =
          Files.writeString(folder.resolve("next"), V100.replace("15000, 1150", "14000, 2150"));
      Files.move(next, folder.resolve("answer"), StandardCopyOption.ATOMIC_MOVE);
      server.train("bagnet9", 1);
      events.await(
          event ->
              event.type().equals("device")
                  && event.data().path("refusal").asText().equals(reason));
      assertThat(server.json("/devices").path("devices").get(0).path("refusal").asText())
          .isEqualTo(reason);
    }
  }

  @Test
  void aGpuThatCannotRunJobsIsListedWithTheReason() throws Exception {
    try (TestServer server = server(Backend.CUDA, true, V100 + H100)) {
      JsonNode refused = server.json("/devices?hours=24").path("devices").get(1);
      assertThat(refused.path("slots").asInt()).isZero();
      assertThat(refused.path("refusal").asText())
          .isEqualTo("GPU 1 (NVIDIA H100 80GB HBM3) cannot run jobs. " + TOO_NEW_FOR_ND4J);
      assertThat(refused.path("temperature").asInt()).isEqualTo(39);
      assertThat(server.get("/api/v1/devices?hours=745").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void theFallbackToTheCpuIsVisible() throws Exception {
    try (TestServer server = server(Backend.AUTO, true, H100)) {
      JsonNode devices = server.json("/devices").path("devices");
      assertThat(devices.get(0).path("name").asText()).isEqualTo("CPU");
      assertThat(devices.get(0).path("fallback").asText())
          .isEqualTo("Jobs run on the CPU. " + TOO_NEW);
      assertThat(devices.get(0).has("uuid")).isFalse();
      assertThat(devices.get(1).path("refusal").asText()).isEqualTo(TOO_NEW);
      assertThat(devices.get(1).path("inFallback").asBoolean()).isTrue();
    }
  }

  @Test
  void aGpuWithoutAClassPathSaysSo() throws Exception {
    try (TestServer server = server(Backend.AUTO, false, V100)) {
      JsonNode devices = server.json("/devices").path("devices");
      assertThat(devices.get(0).path("fallback").asText()).contains("worker-cuda");
      assertThat(devices.get(1).path("slots").asInt()).isZero();
      assertThat(devices.get(0).path("fallback").asText())
          .isEqualTo("Jobs run on the CPU. " + devices.get(1).path("refusal").asText());
      assertThat(devices.get(1).path("inFallback").asBoolean()).isTrue();
    }
    // Another one says its own reason, which the fallback includes, too.
    try (TestServer server = server(Backend.AUTO, false, V100 + H100)) {
      JsonNode devices = server.json("/devices").path("devices");
      assertThat(devices.get(2).path("refusal").asText()).isEqualTo(TOO_NEW);
      assertThat(devices.get(0).path("fallback").asText()).endsWith(TOO_NEW);
      assertThat(devices.get(2).path("inFallback").asBoolean()).isTrue();
    }
  }
}
