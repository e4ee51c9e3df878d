package org.bagnetlab.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.disk.Space;
import org.bagnetlab.server.message.NoContent;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.HookServer.Post;
import org.bagnetlab.server.notification.recipient.HttpAddress;
import org.bagnetlab.server.notification.recipient.Ntfy;
import org.bagnetlab.server.notification.recipient.Recipient;
import org.bagnetlab.server.notification.recipient.Webhook;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.TransitionRow;
import org.bagnetlab.storage.notice.DeliveryRow;
import org.bagnetlab.storage.sweep.SweepRow;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notices arrive, signed, in spite of failures and restarts. */
@Timeout(60)
class NotifierTests {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final Cause STOPPED = new Cause.StoppedAfterFailures(3, 7, "It diverged.");
  private static final String SECRET = "between you and me";
  private static final Set<NoticeKind> ALL = Set.of(NoticeKind.NEEDS_HELP, NoticeKind.SWEEP_ENDED);
  private static final DeliveryRetries SOON =
      new DeliveryRetries(
          List.of(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(4)),
          Duration.ofSeconds(10),
          Duration.ofMillis(10));

  private final Vertx vertx = Vertx.vertx();
  private final Path file;
  private Database database;

  NotifierTests(@TempDir Path root) {
    file = root.resolve("test");
    database = Database.open(file);
  }

  @AfterEach
  void close() {
    database.close();
    TestServer.result(vertx.close());
  }

  private Notifier notifier(DeliveryRetries retries, Clock clock, Recipient... recipients) {
    Notifier notifier =
        new Notifier(
            vertx,
            database,
            "the lab",
            Optional.empty(),
            MessageSettings.of(List.of(recipients)),
            retries,
            clock);
    TestServer.result(notifier.start("http://127.0.0.1:8080/", new NoContent()));
    return notifier;
  }

  private Notifier notifier(DeliveryRetries retries, Recipient... recipients) {
    return notifier(retries, Clock.systemUTC(), recipients);
  }

  private void sweepEnded(Notifier notifier, String name, Map<String, Long> counts) {
    database
        .write(
            tables -> {
              tables.sweeps().insert(sweep(name, Optional.of(NOON)));
              counts.forEach(
                  (state, count) -> {
                    for (int i = 0; i < count; i++) {
                      tables.sweeps().add(name, job(tables, state));
                    }
                  });
              return name;
            })
        .join();
    TestServer.result(notifier.sweeps());
    // Once is enough.
    TestServer.result(notifier.sweeps());
  }

  private void sweepStopped(Notifier notifier, String name, Cause cause) {
    database
        .write(
            tables -> {
              tables.sweeps().insert(sweep(name, Optional.empty()));
              tables.sweeps().hold(name, true, true, Optional.of(Causes.row(cause)));
              tables.sweeps().insert(sweep(name + "-by-hand", Optional.empty()));
              Cause byHand = Cause.Simple.HELD_BY_HAND;
              tables.sweeps().hold(name + "-by-hand", true, false, Optional.of(Causes.row(byHand)));
              return name;
            })
        .join();
    TestServer.result(notifier.sweeps());
    TestServer.result(notifier.sweeps());
  }

  private static long job(Tables tables, String state) {
    return tables
        .jobs()
        .insert(
            new NewJob(
                "train",
                "{}",
                "a training",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                NOON,
                state));
  }

  private static SweepRow sweep(String name, Optional<Instant> endedAt) {
    return new SweepRow(
        name,
        "",
        NOON,
        false,
        Optional.empty(),
        3,
        0,
        Optional.empty(),
        Optional.empty(),
        endedAt,
        Optional.empty());
  }

  private static Webhook hook(HookServer server) {
    return Webhook.of(server.url("/hook"), SECRET, ALL);
  }

  private static void assertSigned(Post post) {
    assertThat(post.signature())
        .isEqualTo("sha256=" + Webhook.hmac(SECRET, post.body().getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode body(Post post) throws Exception {
    return Json.MAPPER.readTree(post.body());
  }

  private long failedJob(String title) {
    return database
        .write(
            tables -> {
              long id =
                  tables
                      .jobs()
                      .insert(
                          new NewJob(
                              "train",
                              "{}",
                              title,
                              Optional.of("demo"),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              0,
                              false,
                              Optional.empty(),
                              Optional.empty(),
                              false,
                              NOON,
                              "FAILED"));
              tables
                  .jobs()
                  .insert(
                      id,
                      new TransitionRow(
                          NOON,
                          Optional.of("RUNNING"),
                          "FAILED",
                          Causes.row(new Cause.Error("diverged", "It diverged."))));
              return id;
            })
        .join();
  }

  private long pending(Notifier notifier) {
    return TestServer.result(notifier.status()).get(0).pending();
  }

  @Test
  void aNoticeIsSentUntilItIsAcceptedAndIsTheSameEachTime() throws Exception {
    try (HookServer server = new HookServer(500, 500)) {
      Notifier notifier = notifier(SOON, hook(server));
      sweepEnded(notifier, "demo", Map.of("SUCCEEDED", 6L, "FAILED", 1L));
      Post first = server.next();
      Post second = server.next();
      Post third = server.next();
      assertThat(second).isEqualTo(first);
      assertThat(third).isEqualTo(first);
      assertSigned(first);
      assertThat(first.event()).isEqualTo("sweep-ended");
      JsonNode body = body(first);
      assertThat(body.path("event").asText()).isEqualTo("sweep-ended");
      assertThat(body.path("lab").asText()).isEqualTo("the lab");
      assertThat(body.path("sweep").asText()).isEqualTo("demo");
      assertThat(body.path("counts").path("SUCCEEDED").asInt()).isEqualTo(6);
      assertThat(body.path("text").asText())
          .isEqualTo("Sweep demo has ended: 1 failed, 6 succeeded.");
      assertThat(body.path("link").asText()).startsWith("http://127.0.0.1:8080/#/");
      // The next one is another.
      sweepStopped(notifier, "other", STOPPED);
      Post next = server.next();
      assertThat(next.delivery()).isNotEqualTo(first.delivery());
      assertThat(next.event()).isEqualTo("needs-help");
      TestServer.result(notifier.close());
    }
  }

  @Test
  void aPendingNoticeIsSentAfterARestart() throws Exception {
    try (HookServer server = new HookServer(503)) {
      DeliveryRetries later =
          new DeliveryRetries(
              List.of(Duration.ofHours(1)), Duration.ofSeconds(10), Duration.ofMillis(10));
      Clock then = Clock.fixed(NOON, ZoneOffset.UTC);
      Notifier notifier = notifier(later, then, hook(server));
      long job = failedJob("a training");
      TestServer.result(notifier.failures());
      Post refused = server.next();
      TestServer.result(notifier.close());
      database.close();

      database = Database.open(file);
      Clock twoHoursLater = Clock.fixed(NOON.plusSeconds(7200), ZoneOffset.UTC);
      Notifier next = notifier(later, twoHoursLater, hook(server));
      Post accepted = server.next();
      assertThat(accepted).isEqualTo(refused);
      assertSigned(accepted);
      assertThat(body(accepted).path("job").asLong()).isEqualTo(job);
      assertThat(body(accepted).path("text").asText())
          .isEqualTo("Job %d (a training) failed: It diverged.".formatted(job));
      TestServer.result(next.close());
    }
  }

  @Test
  void aJobThatARuleFoundIsReportedOnce() throws Exception {
    try (HookServer server = new HookServer()) {
      long job = failedJob("a training");
      Notifier notifier = notifier(SOON, hook(server));
      var _ = server.next();
      Cause idle = new Cause.Idle(.0213, 600_000);
      Optional<String> running = Optional.of("RUNNING");
      database
          .write(
              tables -> {
                tables
                    .jobs()
                    .insert(job, new TransitionRow(NOON, running, "RUNNING", Causes.row(idle)));
                return job;
              })
          .join();
      TestServer.result(notifier.failures());
      JsonNode body = body(server.next());
      assertThat(body.path("event").asText()).isEqualTo("needs-help");
      assertThat(body.path("text").asText())
          .isEqualTo("Job %d (a training) used 2.1 %% of its device for 10 minutes".formatted(job));
      while (pending(notifier) > 0) {
        Thread.onSpinWait(); // it is removed after the server has answered
      }
      TestServer.result(notifier.failures());
      assertThat(pending(notifier)).isZero();
      TestServer.result(notifier.close());
    }
  }

  @Test
  void aFailureBeforeTheStartIsReportedOnce() throws Exception {
    long job = failedJob("a training");
    try (HookServer server = new HookServer()) {
      Notifier notifier = notifier(SOON, hook(server));
      assertThat(body(server.next()).path("job").asLong()).isEqualTo(job);
      TestServer.result(notifier.failures());
      long other = failedJob("another");
      TestServer.result(notifier.failures());
      assertThat(body(server.next()).path("job").asLong()).isEqualTo(other);
      TestServer.result(notifier.close());
      assertThat(server.isEmpty()).isTrue();
    }
  }

  @Test
  void aRedirectIsNotFollowedAndANoticeThatIsNeverAcceptedIsGivenUp() throws Exception {
    try (HookServer server = new HookServer(302, 302, 302, 302);
        HookServer last = new HookServer()) {
      Notifier notifier = notifier(SOON, hook(server));
      sweepStopped(notifier, "demo", STOPPED);
      for (int attempt = 1; attempt <= 4; attempt++) {
        assertThat(server.next().path()).isEqualTo("/hook");
      }
      TestServer.result(notifier.close());
      // Another server with more webhooks finds nothing left to send but what is new.
      Notifier next = notifier(SOON, hook(server), hook(last));
      sweepStopped(next, "other", STOPPED);
      last.next();
      assertThat(body(server.next()).path("sweep").asText()).isEqualTo("other");
      TestServer.result(next.close());
    }
  }

  @RepeatedTest(10)
  void aWebhookReceivesOnlyItsEvents() throws Exception {
    try (HookServer server = new HookServer()) {
      Webhook ends = Webhook.of(server.url("/ends"), SECRET, Set.of(NoticeKind.SWEEP_ENDED));
      Notifier notifier = notifier(SOON, ends);
      sweepStopped(notifier, "demo", STOPPED);
      sweepEnded(notifier, "ended", Map.of());
      assertThat(server.next().event()).isEqualTo("sweep-ended");
      assertThat(pending(notifier)).isLessThanOrEqualTo(1);
      TestServer.result(notifier.close());
      assertThat(server.isEmpty()).isTrue();
    }
  }

  private static DiskState free(long bytes) {
    return new DiskState(new Space(1000, bytes), 0, DiskLimits.standard());
  }

  @Test
  void aDiskIsReportedWhenItGetsWorse() throws Exception {
    try (HookServer server = new HookServer()) {
      Notifier notifier = notifier(SOON, hook(server));
      TestServer.result(notifier.disk(free(900)));
      TestServer.result(notifier.disk(free(150)));
      assertThat(body(server.next()).path("text").asText()).startsWith("The disk is filling up");
      TestServer.result(notifier.disk(free(140)));
      // There and back again within the hour.
      TestServer.result(notifier.disk(free(900)));
      TestServer.result(notifier.disk(free(150)));
      TestServer.result(notifier.disk(free(10)));
      assertThat(body(server.next()).path("text").asText()).startsWith("Jobs cannot start");
      TestServer.result(notifier.close());
      // The next server does not repeat it, but hours later it is news again.
      Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
      Notifier next = notifier(SOON, later, hook(server));
      TestServer.result(next.disk(free(10)));
      assertThat(server.isEmpty()).isTrue();
      TestServer.result(next.disk(free(900)));
      TestServer.result(next.disk(free(150)));
      assertThat(body(server.next()).path("text").asText()).startsWith("The disk is filling up");
      TestServer.result(next.close());
    }
  }

  @Test
  void aDiskThatFillsUpAgainIsReportedAgainAfterAWhile() throws Exception {
    try (HookServer server = new HookServer()) {
      Watch watch = new Watch();
      Notifier notifier = notifier(SOON, watch, hook(server));
      TestServer.result(notifier.disk(free(10)));
      assertThat(body(server.next()).path("text").asText()).startsWith("Jobs cannot start");
      while (pending(notifier) > 0) {
        Thread.onSpinWait();
      }
      watch.now = NOON.plus(Duration.ofMinutes(15));
      TestServer.result(notifier.disk(free(900)));
      watch.now = NOON.plus(Duration.ofMinutes(55));
      TestServer.result(notifier.disk(free(150)));
      TestServer.result(notifier.disk(free(10)));
      assertThat(pending(notifier)).isZero();
      watch.now = NOON.plus(Duration.ofMinutes(61));
      TestServer.result(notifier.disk(free(10)));
      assertThat(body(server.next()).path("at").asText()).isEqualTo("2026-01-02T13:01:00Z");
      // As long as it stays so, it is no news.
      watch.now = NOON.plus(Duration.ofHours(9));
      TestServer.result(notifier.disk(free(10)));
      TestServer.result(notifier.close());
      assertThat(server.isEmpty()).isTrue();
    }
  }

  /** Stands where it is put. */
  private static final class Watch extends Clock {

    private volatile Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void aNoticeIsNotSentAgainWhileItsDeliveryCannotBeStored() throws Exception {
    try (HookServer server = new HookServer();
        Connection other = DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
        Statement statement = other.createStatement()) {
      RemovedAtLast.attempts.set(0);
      statement.execute(
          "CREATE TRIGGER removed BEFORE DELETE ON deliveries FOR EACH ROW CALL '%s'"
              .formatted(RemovedAtLast.class.getName()));
      Notifier notifier = notifier(SOON, hook(server));
      failedJob("a training");
      TestServer.result(notifier.failures());
      server.next();
      while (pending(notifier) > 0) {
        Thread.onSpinWait();
      }
      assertThat(RemovedAtLast.attempts).hasValue(4);
      assertThat(server.isEmpty()).isTrue();
      TestServer.result(notifier.close());
    }
  }

  /** Lets a notice be removed at the fourth attempt. */
  public static final class RemovedAtLast implements Trigger {

    private static final AtomicInteger attempts = new AtomicInteger();

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
      if (attempts.incrementAndGet() < 4) {
        throw new SQLException("the disk is full");
      }
    }
  }

  @Test
  void aNoticeThatCannotBeWrittenDelaysNoOther() throws Exception {
    try (HookServer server = new HookServer()) {
      Ntfy topic = new Ntfy(HttpAddress.of(server.url("/topic")), Optional.empty(), ALL);
      database
          .write(
              tables -> {
                tables
                    .notices()
                    .insert(new DeliveryRow("a", topic.id(), "needs-help", "no JSON", NOON));
                return true;
              })
          .join();
      Notifier notifier = notifier(SOON, topic);
      failedJob("a training");
      TestServer.result(notifier.failures());
      assertThat(server.next().body()).startsWith("Job 1 (a training) failed: It diverged.");
      TestServer.result(notifier.close());
      assertThat(server.isEmpty()).isTrue();
    }
  }

  @Test
  void aWebhookThatHangsDelaysNoOther() throws Exception {
    try (HookServer server = new HookServer()) {
      DeliveryRetries patient =
          new DeliveryRetries(
              List.of(Duration.ofHours(1)), Duration.ofHours(1), Duration.ofMillis(10));
      ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      try (silent) {
        Webhook hanging = Webhook.of("http://127.0.0.1:" + silent.getLocalPort(), SECRET, ALL);
        Notifier notifier = notifier(patient, hanging, hook(server));
        for (int i = 0; i < 40; i++) {
          failedJob("training " + i);
        }
        TestServer.result(notifier.failures());
        for (int i = 0; i < 40; i++) {
          server.next();
        }
        assertThat(pending(notifier)).isEqualTo(40);
        silent.close();
        TestServer.result(notifier.close());
      }
    }
  }

  @Test
  void aTestReportsItsResultWithoutTheAddress() throws Exception {
    try (HookServer server = new HookServer();
        HookServer broken = new HookServer(404);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Webhook hanging =
          Webhook.of("http://127.0.0.1:" + silent.getLocalPort() + "/KEY", SECRET, ALL);
      Notifier notifier = notifier(SOON, hook(server), hook(broken));
      // A short timeout, for a webhook that never responds.
      DeliveryRetries hasty =
          new DeliveryRetries(List.of(), Duration.ofMillis(20), Duration.ofMillis(10));
      Notifier other = notifier(hasty, hanging);
      List<RecipientTest> tests = new ArrayList<>(TestServer.result(notifier.test()));
      tests.addAll(TestServer.result(other.test()));
      assertThat(tests).extracting(RecipientTest::delivered).containsExactly(true, false, false);
      assertThat(tests.get(1).failure()).contains("it responded with status 404");
      assertThat(tests.get(2).failure()).contains("no response within 20 ms");
      Post post = server.next();
      assertSigned(post);
      assertThat(post.event()).isEqualTo("test");
      assertThat(tests.toString()).doesNotContain("KEY", "/hook", SECRET);
      TestServer.result(notifier.close());
      TestServer.result(other.close());
    }
  }

  @Test
  void theStatusHasTheLastFailure() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    Webhook refusing = Webhook.of("http://127.0.0.1:" + port + "/KEY", SECRET, ALL);
    Notifier notifier = notifier(SOON, refusing);
    assertThat(TestServer.result(notifier.test()).get(0).failure()).contains("connection refused");
    RecipientStatus status = TestServer.result(notifier.status()).get(0);
    assertThat(status.events()).containsExactly("needs-help", "sweep-ended");
    assertThat(status.failure()).contains("connection refused");
    assertThat(status.toString()).doesNotContain("KEY", SECRET);
    TestServer.result(notifier.close());
  }
}
