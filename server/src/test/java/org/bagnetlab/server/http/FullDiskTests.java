package org.bagnetlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.TinyFileSystem;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.notification.Retries;
import org.bagnetlab.server.retention.RetentionRules;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk is full says so, and goes on when there is room again. */
@Timeout(120)
class FullDiskTests {

  @TempDir private Path data = Path.of("");

  private static final String JOB =
      "{\"kind\":\"train\",\"architecture\":\"bagnet9\",\"dataset\":\"controlled-15\",\"seed\":%d}";

  private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void aSubmissionIsRefusedAndTheServerIsNotReady() throws Exception {
    try (TinyFileSystem disk = TinyFileSystem.on(data, 30)) {
      Assumptions.assumeTrue(disk.mounted(), "only root may fill a disk");
      try (TestServer server = new TestServer(data)) {
        assertThat(server.get("/api/v1/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.post("/jobs", JOB.formatted(1)).statusCode()).isEqualTo(201);
        disk.fill();
        for (int again = 0; again < 3; again++) {
          assertThat(problem(server.post("/jobs", JOB.formatted(2)), 507).path("code").asText())
              .isEqualTo("disk-full");
          assertThat(problem(server.get("/api/v1/health/ready"), 503).path("reason").asText())
              .isNotEmpty();
        }
        assertThat(server.post("/sweeps", "{\"preset\":\"demo\"}").statusCode()).isEqualTo(507);
        assertThat(server.get("/api/v1/health/live").statusCode()).isEqualTo(200);
        disk.empty();
        JsonNode unused = problem(server.get("/api/v1/health/ready"), 200);
        assertThat(server.post("/jobs", JOB.formatted(3)).statusCode()).isEqualTo(201);
        assertThat(server.json("/jobs").path("total").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void anUploadThatWouldUseUpTheQuotaIsRefusedBeforeItComes() throws Exception {
    HousekeepingSettings settings =
        new HousekeepingSettings(
            "lab",
            Optional.empty(),
            FileSystem::of,
            new DiskLimits(Optional.of(1_000_000L), Optional.of(0L), Optional.empty()),
            RetentionRules.standard(),
            List.of(),
            Retries.standard());
    try (TestServer server = new TestServer(TestServer.settings(data, settings))) {
      HttpResponse<String> answer =
          server.send(
              "/api/v1/weights?name=large",
              HttpRequest.newBuilder()
                  .header("Content-Type", "application/octet-stream")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[600_000])));
      JsonNode problem = problem(answer, 507);
      assertThat(problem.path("code").asText()).isEqualTo("no-room");
      assertThat(problem.path("detail").asText()).contains("600 KB does not fit", "1 MB");
      assertThat(data.resolve("uploads")).isEmptyDirectory();
    }
  }
}
