package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.Backend;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads is what the queue did. */
@Timeout(120)
class MetricsTests {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{[^}]*\\})?) (\\S+)");

  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) [a-zA-Z_:].*");

  private static final Pattern METRIC = Pattern.compile("bagnetlab_[a-z_]+");

  @TempDir Path data;
  @TempDir Path folder;

  private static Map<String, Double> samples(TestServer server) throws Exception {
    HttpResponse<String> response = server.get("/api/v1/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, Double> samples = new HashMap<>();
    for (String line : response.body().lines().toList()) {
      if (!COMMENT.matcher(line).matches()) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(samples.put(sample.group(1), Double.valueOf(sample.group(2)))).isNull();
      }
    }
    return samples;
  }

  @Test
  void jobsAreCountedAndMeasured() throws Exception {
    try (TestServer server = new TestServer(data);
        EventStream events = server.events("")) {
      assertThat(samples(server))
          .containsEntry("bagnetlab_jobs{state=\"SUCCEEDED\"}", 0.0)
          .containsEntry("bagnetlab_slots", 1.0);
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
      events.await(server.train("bagnet9", 2), "SUCCEEDED");
      events.await(server.train("bagnet9", 99), "RUNNING");
      int epochs = server.json("/runs/1").path("history").size();
      long queued = server.train("bagnet9", 3);
      assertThat(server.job(queued).path("state").asText()).isEqualTo("QUEUED");
      Map<String, Double> samples = samples(server);
      assertThat(samples)
          .containsEntry("bagnetlab_jobs{state=\"SUCCEEDED\"}", 2.0)
          .containsEntry("bagnetlab_jobs{state=\"RUNNING\"}", 1.0)
          .containsEntry("bagnetlab_jobs{state=\"QUEUED\"}", 1.0)
          .containsEntry("bagnetlab_slots_busy", 1.0)
          .containsEntry(
              "bagnetlab_job_duration_seconds_count{experiment=\"train\",state=\"SUCCEEDED\"}", 2.0)
          .containsEntry("bagnetlab_job_wait_seconds_count{experiment=\"train\"}", 3.0)
          .containsKeys("bagnetlab_event_lag_seconds_count", "process_uptime_seconds");
      assertThat(samples.get("bagnetlab_epoch_duration_seconds_count"))
          .isGreaterThanOrEqualTo(2.0 * epochs);
      assertThat(samples.get("bagnetlab_database_bytes")).isPositive();
      assertThat(samples.get("bagnetlab_disk_bytes{space=\"free\"}"))
          .isPositive()
          .isLessThan(samples.get("bagnetlab_disk_bytes{space=\"total\"}"));
      assertThat(samples.keySet()).anyMatch(name -> name.startsWith("jvm_memory_used_bytes"));
    }
  }

  private static final String GPU = "{gpu=\"0\",uuid=\"GPU-86b2d7e0-1c34-4a59-8f60-2b7c9d0e1f32\"}";

  private Devices gpu() throws Exception {
    Path answer =
        Files.writeString(
            folder.resolve("answer"),
            "0, GPU-86b2d7e0-1c34-4a59-8f60-2b7c9d0e1f32, 535.129.03, 16384, 150, 16000, 97, 71,"
                + " 212.5, [N/A], 7.0, Tesla V100-SXM2-16GB\n");
    Path script = Files.writeString(folder.resolve("smi"), "cat '%s'".formatted(answer));
    NvidiaSmi smi =
        new NvidiaSmi(
            List.of("/bin/sh", script.toString()), Duration.ofSeconds(20), Clock.systemUTC());
    return Devices.choose(
        Backend.CUDA,
        1,
        GpuSlots.ONE,
        2,
        GpuEngines.of(Set.of("cpu", "cuda"), new SharedLibraries(List.of())),
        smi);
  }

  @Test
  void gpusAndWhatJobsUsedAreMeasured() throws Exception {
    try (TestServer server = new TestServer(TestServer.settings(data).with(gpu()));
        EventStream events = server.events("")) {
      assertThat(samples(server))
          .containsEntry("bagnetlab_gpu_utilisation_ratio" + GPU, .97)
          .containsEntry("bagnetlab_gpu_memory_total_bytes" + GPU, 16384. * (1 << 20))
          .containsEntry("bagnetlab_gpu_memory_used_bytes" + GPU, 150. * (1 << 20))
          .containsEntry("bagnetlab_gpu_temperature_celsius" + GPU, 71.)
          .containsEntry("bagnetlab_gpu_power_watts" + GPU, 212.5)
          .containsEntry("bagnetlab_jobs_device_seconds", 0.);
      events.await(server.train("bagnet9", 1), "SUCCEEDED");
      Map<String, Double> samples = samples(server);
      assertThat(samples.get("bagnetlab_jobs_device_seconds")).isPositive();
      assertThat(samples).containsEntry("bagnetlab_jobs_processor_seconds", 1.5);
      assertThat(samples).containsKey("bagnetlab_jobs_energy_joules");
      // Each metric of the dashboard for Grafana exists, and each is documented.
      String documented = Files.readString(Path.of("..", "docs", "operations.md"));
      Set<String> charted =
          METRIC
              .matcher(Files.readString(Path.of("..", "docs", "grafana.json")))
              .results()
              .map(MatchResult::group)
              .collect(Collectors.toSet());
      assertThat(charted).hasSizeGreaterThan(15);
      for (String metric : charted) {
        assertThat(samples.keySet())
            .anyMatch(name -> name.replaceFirst("\\{.*", "").equals(metric));
        assertThat(documented).contains(metric.replaceFirst("_(sum|count)$", ""));
      }
    }
  }

  @Test
  void readersAtTheSameTimeAllGetThem() throws Exception {
    try (TestServer server = new TestServer(data)) {
      HttpClient http = HttpClient.newHttpClient();
      HttpRequest request = HttpRequest.newBuilder(server.at("/api/v1/metrics")).build();
      for (int round = 0; round < 20; round++) {
        List<CompletableFuture<HttpResponse<Void>>> answers =
            Stream.generate(() -> http.sendAsync(request, BodyHandlers.discarding()))
                .limit(50)
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
            .containsOnly(200);
      }
    }
  }
}
