package org.bagnetlab.server.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.server.EventStream;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.Space;
import org.bagnetlab.server.message.NoContent;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.HookServer;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.notification.recipient.Webhook;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.RetentionRules;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.TransitionRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Housekeeping of a whole server, over HTTP and with webhooks. */
@Timeout(120)
class HousekeepingTests {

  private static final RetentionRules STRICT =
      new RetentionRules(
          Duration.ZERO, CheckpointsOf.BEST_OF_CONFIGURATION, Duration.ZERO, Duration.ofDays(30));

  @TempDir private Path data = Path.of("");
  private volatile Space space = new Space(64_000_000_000L, 60_000_000_000L);

  private TestServer server(RetentionRules rules, Webhook... webhooks) {
    return new TestServer(TestServer.settings(data).with(settings(rules, webhooks)));
  }

  private HousekeepingSettings settings(RetentionRules rules, Webhook... webhooks) {
    return new HousekeepingSettings(
        "the lab",
        Optional.empty(),
        directory -> () -> List.of(space),
        DiskLimits.standard(),
        rules,
        MessageSettings.of(List.of(webhooks)),
        Optional.empty());
  }

  private static Webhook needsHelp(HookServer hook) {
    return Webhook.of(hook.url("/hook"), "between you and me", Set.of(NoticeKind.NEEDS_HELP));
  }

  private static JsonNode json(String text) throws Exception {
    return Json.MAPPER.readTree(text);
  }

  @Test
  void jobsWaitForRoomAndUsersAreNotified() throws Exception {
    space = new Space(64_000_000_000L, 400_000_000);
    try (HookServer hook = new HookServer();
        TestServer server = server(RetentionRules.standard(), needsHelp(hook));
        EventStream events = server.events("")) {
      JsonNode notice = json(hook.next().body());
      assertThat(notice.path("text").asText())
          .contains("the disk is nearly full: 400 MB of 64 GB free, but 1.28 GB required");
      assertThat(notice.path("link").asText()).isEqualTo(server.at("/") + "#/storage");
      long waiting = server.train("bagnet9", 1);
      // The device reports it soon.
      while (!server.json("/devices").toString().contains("the disk is nearly full")) {
        assertThat(server.job(waiting).path("state").asText()).isEqualTo("QUEUED");
      }
      assertThat(server.job(waiting).path("state").asText()).isEqualTo("QUEUED");
      JsonNode storage = server.json("/storage");
      assertThat(storage.path("level").asText()).isEqualTo("FULL");
      assertThat(storage.path("warning").asText()).startsWith("Jobs cannot start");
      space = new Space(64_000_000_000L, 60_000_000_000L);
      events.await(waiting, "SUCCEEDED");
      assertThat(server.json("/storage").path("level").asText()).isEqualTo("ROOM");
      assertThat(server.json("/storage").path("byKind").path("checkpoint").asLong()).isEqualTo(7);
    }
  }

  @Test
  void aFailureIsReportedOnceAcrossRestarts() throws Exception {
    try (HookServer hook = new HookServer()) {
      long failed;
      try (TestServer server = server(RetentionRules.standard(), needsHelp(hook));
          EventStream events = server.events("")) {
        long trained = server.train("bagnet9", 1);
        events.await(trained, "SUCCEEDED");
        Files.delete(data.resolve("artifacts/" + trained + "/best.bin"));
        failed = id(server.post("/jobs", "{\"kind\":\"evaluate\",\"run\":%d}".formatted(trained)));
        events.await(failed, "FAILED");
        JsonNode notice = json(hook.next().body());
        assertThat(notice.path("job").asLong()).isEqualTo(failed);
        assertThat(notice.path("event").asText()).isEqualTo("needs-help");
        assertThat(notice.path("text").asText()).contains("is lost: its file is missing");
        assertThat(notice.path("link").asText()).endsWith("/#/jobs/" + failed);
      }
      try (TestServer server = server(RetentionRules.standard(), needsHelp(hook))) {
        JsonNode messages = server.json("/messages/recipients");
        assertThat(messages.path("links").asText()).contains("only on this machine", "address");
        assertThat(messages.has("daily")).isFalse();
        JsonNode status = messages.path("recipients").get(0);
        assertThat(status.path("pending").asInt()).isZero();
        assertThat(status.path("host").asText()).isEqualTo(hook.url(""));
        assertThat(status.toString()).doesNotContain("/hook", "between");
        assertThat(server.post("/messages/test", "").body()).contains("\"delivered\":true");
        assertThat(hook.next().event()).isEqualTo("test");
        assertThat(hook.isEmpty()).isTrue();
      }
    }
  }

  @Test
  void aNoticeThatCouldNotBeStoredIsSentSoon() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (HookServer hook = new HookServer();
        DataDirectory directory = DataDirectory.open(data);
        Database database = Database.open(directory.database());
        ArtifactStore artifacts = new ArtifactStore(directory, database)) {
      Housekeeping housekeeping =
          new Housekeeping(
              vertx,
              directory,
              database,
              artifacts,
              settings(RetentionRules.standard(), needsHelp(hook)),
              Clock.systemUTC());
      housekeeping.start("http://127.0.0.1:8080/", new NoContent());
      // No event says that these happened.
      database.write(HousekeepingTests::failedJobAndStoppedSweep).join();
      TestServer.result(housekeeping.look());
      Set<String> texts = new HashSet<>();
      texts.add(json(hook.next().body()).path("text").asText());
      texts.add(json(hook.next().body()).path("text").asText());
      assertThat(texts)
          .containsExactlyInAnyOrder(
              "Job 1 (a job) failed: It diverged.",
              "Sweep one was held after 3 consecutive failures, the last in job 1: no");
      TestServer.result(housekeeping.close());
    } finally {
      TestServer.result(vertx.close());
    }
  }

  private static long failedJobAndStoppedSweep(Tables tables) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    long id =
        tables
            .jobs()
            .insert(
                new NewJob(
                    "train",
                    "{}",
                    "a job",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    now,
                    "FAILED"));
    tables
        .jobs()
        .insert(
            id,
            new TransitionRow(
                now,
                Optional.of("RUNNING"),
                "FAILED",
                Causes.row(new Cause.Error("diverged", "It diverged."))));
    tables
        .sweeps()
        .insert(
            new SweepRow(
                "one",
                "",
                now,
                false,
                Optional.empty(),
                3,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    tables
        .sweeps()
        .hold(
            "one",
            true,
            true,
            Optional.of(Causes.row(new Cause.StoppedAfterFailures(3, id, "no"))));
    return id;
  }

  private static long id(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response.body()).path("id").asLong();
  }

  @Test
  void whoMissesANetworkIsToldThatRetentionTookIt() throws Exception {
    try (TestServer server = server(STRICT);
        EventStream events = server.events("")) {
      long worse = server.train("bagnet9", 1);
      long best = server.train("bagnet9", 2);
      events.await(best, "SUCCEEDED");
      JsonNode preview = server.json("/storage/retention");
      assertThat(preview.path("files").findValuesAsText("job"))
          .containsExactly(String.valueOf(worse));
      assertThat(preview.path("removed")).isEmpty();
      assertThat(kinds(server, worse)).contains("checkpoint");

      JsonNode done =
          json(
              server
                  .send(
                      "/api/v1/storage/retention",
                      HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()))
                  .body());
      assertThat(done.path("bytes").asLong()).isEqualTo(7);
      assertThat(kinds(server, worse)).doesNotContain("checkpoint").contains("heatmap", "split");
      assertThat(kinds(server, best)).contains("checkpoint");
      assertThat(server.json("/runs/" + worse).path("results").has("test")).isTrue();
      assertThat(server.json("/comparison").toString())
          .contains("\"runs\":[%d,%d]".formatted(worse, best));
      HttpResponse<String> refused =
          server.post("/jobs", "{\"kind\":\"heatmap\",\"run\":%d}".formatted(worse));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(json(refused.body()).path("detail").asText())
          .containsPattern("retention removed its checkpoint on 20\\d\\d-\\d\\d-\\d\\d");
      assertThat(server.json("/jobs/" + worse + "/timeline").findValuesAsText("cause"))
          .contains("retention removed best.bin (7 B)");
      assertThat(server.json("/storage/retention").path("removed").findValuesAsText("job"))
          .containsExactly(String.valueOf(worse));
    }
  }

  private static Stream<String> kinds(TestServer server, long job) throws Exception {
    return server.json("/runs/" + job).path("artifacts").findValuesAsText("kind").stream();
  }

  @Test
  void retentionRunsWhenAServerStarts() throws Exception {
    long worse;
    try (TestServer server = server(RetentionRules.standard());
        EventStream events = server.events("")) {
      worse = server.train("bagnet9", 1);
      events.await(server.train("bagnet9", 2), "SUCCEEDED");
    }
    try (TestServer server = server(STRICT)) {
      JsonNode removed = server.json("/storage/retention").path("removed");
      while (removed.isEmpty()) {
        removed = server.json("/storage/retention").path("removed");
      }
      assertThat(removed.findValuesAsText("job")).containsExactly(String.valueOf(worse));
      assertThat(kinds(server, worse)).doesNotContain("checkpoint");
    }
  }
}
