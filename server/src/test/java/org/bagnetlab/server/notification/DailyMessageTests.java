package org.bagnetlab.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.TestServer;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.disk.Space;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessageContent;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.recipient.Webhook;
import org.bagnetlab.storage.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daily message is sent once a day, in spite of restarts. */
@Timeout(60)
class DailyMessageTests {

  private static final DiskState DISK =
      new DiskState(new Space(1000, 900), 0, DiskLimits.standard());
  private static final Optional<DailyTime> HALF_PAST_SEVEN =
      Optional.of(new DailyTime(LocalTime.of(7, 30), ZoneOffset.UTC));

  private final Vertx vertx = Vertx.vertx();
  private final HookServer server;
  private final Database database;
  private final Watch watch = new Watch();

  DailyMessageTests(@TempDir Path root) throws Exception {
    server = new HookServer();
    database = Database.open(root.resolve("test"));
  }

  @AfterEach
  void close() {
    server.close();
    database.close();
    TestServer.result(vertx.close());
  }

  /** Stands where it is put. */
  private static final class Watch extends Clock {

    private volatile Instant now = Instant.EPOCH;

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

  /** Says which period a message is about. */
  private static final class Period implements MessageContent {

    @Override
    public Content sweep(String name) {
      throw new IllegalStateException("there is no sweep");
    }

    @Override
    public Day day(Instant since, Instant now, DiskState disk) {
      return new Day("from %s to %s".formatted(since, now), Content.NONE);
    }
  }

  private Notifier notifier(String instant, Optional<DailyTime> daily) {
    watch.now = Instant.parse(instant);
    Webhook hook = Webhook.of(server.url("/hook"), "between you and me", Set.of(NoticeKind.DAILY));
    Notifier notifier =
        new Notifier(
            vertx,
            database,
            "the lab",
            Optional.empty(),
            new MessageSettings(List.of(hook), daily),
            new DeliveryRetries(List.of(), Duration.ofSeconds(10), Duration.ofMillis(10)),
            watch);
    TestServer.result(notifier.start("http://127.0.0.1:8080/", new Period()));
    return notifier;
  }

  private void at(Notifier notifier, String instant) {
    watch.now = Instant.parse(instant);
    TestServer.result(notifier.daily(DISK));
  }

  private void assertSent(String text) throws Exception {
    JsonNode body = Json.MAPPER.readTree(server.next().body());
    assertThat(body.path("event").asText()).isEqualTo("daily");
    assertThat(body.path("text").asText()).isEqualTo(text);
  }

  /** Waits until everything is sent, and checks that it was asked for. */
  private void assertNothingElse(Notifier notifier) {
    while (TestServer.result(notifier.status()).get(0).pending() > 0) {
      Thread.onSpinWait();
    }
    assertThat(server.isEmpty()).isTrue();
  }

  @Test
  void aMessageIsSentOnceADay() throws Exception {
    Notifier notifier = notifier("2026-01-02T06:00:00Z", HALF_PAST_SEVEN);
    at(notifier, "2026-01-02T07:29:59Z");
    assertNothingElse(notifier);
    at(notifier, "2026-01-02T07:30:00Z");
    assertSent("from 2026-01-02T06:00:00Z to 2026-01-02T07:30:00Z");
    at(notifier, "2026-01-02T07:31:00Z");
    at(notifier, "2026-01-03T00:01:00Z");
    assertNothingElse(notifier);
    at(notifier, "2026-01-03T07:30:20Z");
    assertSent("from 2026-01-02T07:30:00Z to 2026-01-03T07:30:20Z");
    TestServer.result(notifier.close());
  }

  @Test
  void twoLooksAtOnceSendOneMessage() throws Exception {
    Notifier notifier = notifier("2026-01-02T06:00:00Z", HALF_PAST_SEVEN);
    watch.now = Instant.parse("2026-01-02T08:00:00Z");
    var first = notifier.daily(DISK);
    var second = notifier.daily(DISK);
    TestServer.result(first);
    TestServer.result(second);
    assertSent("from 2026-01-02T06:00:00Z to 2026-01-02T08:00:00Z");
    assertNothingElse(notifier);
    TestServer.result(notifier.close());
  }

  @Test
  void aMessageThatWasMissedIsSentLaterThatDay() throws Exception {
    TestServer.result(notifier("2026-01-02T06:00:00Z", HALF_PAST_SEVEN).close());
    Notifier notifier = notifier("2026-01-02T21:00:00Z", HALF_PAST_SEVEN);
    at(notifier, "2026-01-02T21:00:00Z");
    assertSent("from 2026-01-02T06:00:00Z to 2026-01-02T21:00:00Z");
    TestServer.result(notifier.close());
    // Another start does not repeat it.
    notifier = notifier("2026-01-02T22:00:00Z", HALF_PAST_SEVEN);
    at(notifier, "2026-01-02T22:00:00Z");
    assertNothingElse(notifier);
    TestServer.result(notifier.close());
  }

  @Test
  void aMessageAboutSeveralDaysComesAtItsTime() throws Exception {
    TestServer.result(notifier("2026-01-02T06:00:00Z", HALF_PAST_SEVEN).close());
    Notifier notifier = notifier("2026-01-05T03:00:00Z", HALF_PAST_SEVEN);
    at(notifier, "2026-01-05T03:00:00Z");
    assertNothingElse(notifier);
    at(notifier, "2026-01-05T07:30:00Z");
    assertSent("from 2026-01-02T06:00:00Z to 2026-01-05T07:30:00Z");
    TestServer.result(notifier.close());
  }

  @Test
  void aNewConfigurationSendsNothingAboutTheTimeBefore() {
    Notifier notifier = notifier("2026-01-02T10:00:00Z", HALF_PAST_SEVEN);
    at(notifier, "2026-01-02T10:00:00Z");
    assertNothingElse(notifier);
    TestServer.result(notifier.close());
    TestServer.result(notifier("2026-01-03T06:00:00Z", Optional.empty()).close());
    notifier = notifier("2026-01-03T10:00:00Z", HALF_PAST_SEVEN);
    at(notifier, "2026-01-03T10:00:00Z");
    assertNothingElse(notifier);
    TestServer.result(notifier.close());
  }

  /** On 29 March 2026, clocks in Berlin went from 2:00 to 3:00, so that 2:30 was 3:30. */
  @Test
  void aTimeThatADayLacksIsLater() {
    DailyTime daily = new DailyTime(LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));
    Instant last = Instant.parse("2026-03-28T01:30:00Z");
    assertThat(daily.isDue(Instant.parse("2026-03-29T01:29:00Z"), last)).isFalse();
    assertThat(daily.isDue(Instant.parse("2026-03-29T01:30:00Z"), last)).isTrue();
  }
}
