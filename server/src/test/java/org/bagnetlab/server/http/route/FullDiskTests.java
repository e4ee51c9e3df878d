package org.bagnetlab.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.TinyFileSystem;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.FileSystem;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.retention.RetentionRules;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk is full says so, and goes on when there is room again. */
@Timeout(120)
class FullDiskTests {

  @TempDir private Path data = Path.of("");

  /** Within which a server with room again writes. */
  private static final Duration SOON = Duration.ofSeconds(10);

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
        int accepted = 1;
        for (int refused = 0; refused < 3; refused++) {
          accepted += submitUntilRefused(server, disk, 1 + accepted);
          assertThat(problem(server.get("/api/v1/health/ready"), 503).path("reason").asText())
              .isNotEmpty();
        }
        disk.fill();
        assertThat(server.post("/sweeps", "{\"preset\":\"demo\"}").statusCode()).isEqualTo(507);
        assertThat(server.get("/api/v1/health/live").statusCode()).isEqualTo(200);
        disk.empty();
        // An attempt to open the database that began before may fail yet.
        long freed = System.nanoTime();
        while (server.get("/api/v1/health/ready").statusCode() != 200) {
          assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(SOON);
        }
        assertThat(server.post("/jobs", JOB.formatted(1 + accepted)).statusCode()).isEqualTo(201);
        assertThat(server.json("/jobs").path("total").asInt()).isEqualTo(1 + accepted);
      }
    }
  }

  /**
   * Submits jobs to a server on a full disk until one is refused. What is free in the database's
   * own file takes some first, and what it gives back as it opens again is filled.
   *
   * @return the number of jobs accepted before, all of which must be there later
   */
  private static int submitUntilRefused(TestServer server, TinyFileSystem disk, int seed)
      throws Exception {
    for (int accepted = 0; accepted < 1000; accepted++) {
      disk.fill();
      HttpResponse<String> answer = server.post("/jobs", JOB.formatted(seed + accepted));
      if (answer.statusCode() != 201) {
        assertThat(problem(answer, 507).path("code").asText()).isEqualTo("disk-full");
        disk.fill();
        return accepted;
      }
    }
    throw new AssertionError("A server on a full disk accepts a thousand jobs.");
  }

  /** As on a lab whose dashboards are open all night. */
  @Test
  void manyRefusedWritesBesideReadersAreForgottenWhenThereIsRoom() throws Exception {
    try (TinyFileSystem disk = TinyFileSystem.on(data, 24)) {
      Assumptions.assumeTrue(disk.mounted(), "only root may fill a disk");
      try (TestServer server = new TestServer(data);
          Readers readers = new Readers(server)) {
        long run = server.train("bagnet9", 1);
        assertThat(note(server, run, "before").statusCode()).isEqualTo(200);
        for (int again = 0; again < 3; again++) {
          disk.fill();
          for (int write = 0; write < 25; write++) {
            String text = "%d of %d ".formatted(write, again).repeat(150);
            assertThat(note(server, run, text).statusCode()).isIn(200, 507, 500);
          }
          disk.empty();
          long freed = System.nanoTime();
          while (note(server, run, "room again").statusCode() != 200) {
            assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(SOON);
          }
          assertThat(annotated(server, run)).isEqualTo("room again");
          var _ = problem(server.get("/api/v1/health/ready"), 200);
        }
        assertThat(readers.answered()).isPositive();
      }
    }
  }

  private static HttpResponse<String> note(TestServer server, long run, String text)
      throws Exception {
    return server.send(
        "/api/v1/runs/%d/note".formatted(run),
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    Json.MAPPER.writeValueAsString(Map.of("note", text)))));
  }

  private static String annotated(TestServer server, long run) throws Exception {
    return server.json("/runs/" + run).path("note").asText();
  }

  /** Dashboards that show what a lab has until they are closed. */
  private static final class Readers implements AutoCloseable {

    private static final List<String> VIEWS =
        List.of("/jobs", "/runs", "/comparison", "/sweeps", "/scrambling", "/claims");

    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong answers = new AtomicLong();
    private final CompletableFuture<Void> reading;

    Readers(TestServer server) {
      reading =
          CompletableFuture.allOf(
              VIEWS.stream()
                  .map(
                      view ->
                          CompletableFuture.runAsync(
                              () -> read(server, "/api/v1" + view),
                              task -> new Thread(task).start()))
                  .toArray(CompletableFuture[]::new));
    }

    private void read(TestServer server, String path) {
      while (!closed.get()) {
        try {
          answers.addAndGet(server.get(path).statusCode() == 200 ? 1 : 0);
        } catch (IOException | InterruptedException e) {
          throw new AssertionError(path, e);
        }
      }
    }

    long answered() {
      return answers.get();
    }

    @Override
    public void close() {
      closed.set(true);
      reading.orTimeout(40, TimeUnit.SECONDS).join();
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
            MessageSettings.none(),
            Optional.empty());
    try (TestServer server = new TestServer(TestServer.settings(data).with(settings))) {
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
