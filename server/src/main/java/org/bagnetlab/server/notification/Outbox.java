package org.bagnetlab.server.notification;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.notice.DeliveryRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends stored notices until they are taken or given up, across restarts: each at least once, with
 * the same number at every attempt. Its fields change on one context.
 */
final class Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /**
   * The maximum number of concurrent deliveries to one webhook: one that hangs must not block the
   * others.
   */
  private static final int SENT_AT_ONCE = 2;

  private static final int LOOKED_AT = 16;

  private static final Duration AT_THE_END = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Context context;
  private final Database database;
  private final Map<String, Webhook> webhooks = new LinkedHashMap<>();
  private final Retries retries;
  private final Clock clock;
  private final Sender sender;

  /** Webhooks by the numbers of the notices that are on their way to them. */
  private final Map<String, String> onTheWay = new HashMap<>();

  /** What arrived while the database was read: the answer may still call it due. */
  private final Set<String> arrivedMeanwhile = new HashSet<>();

  private final Map<String, Failure> failures = new ConcurrentHashMap<>();
  private final Promise<Void> idle = Promise.promise();
  private boolean looking;
  private boolean lookAgain;
  private boolean closed;
  private volatile boolean ended;
  private long timer = -1;

  Outbox(Vertx vertx, Database database, List<Webhook> webhooks, Retries retries, Clock clock) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.database = database;
    webhooks.forEach(webhook -> this.webhooks.put(webhook.id(), webhook));
    this.retries = retries;
    this.clock = clock;
    // All may be of one host. The one more is for a test.
    this.sender =
        new Sender(vertx, Math.max(1, webhooks.size() * (SENT_AT_ONCE + 1)), retries.patience());
  }

  private record Failure(String words, Instant at) {}

  /** Stores a notification for each subscribed webhook, within a transaction. */
  void post(Tables tables, Notice notice) {
    Instant now = clock.instant();
    for (Webhook webhook : webhooks.values()) {
      if (webhook.events().contains(notice.event())) {
        tables
            .notices()
            .insert(
                new DeliveryRow(
                    UUID.randomUUID().toString(),
                    webhook.id(),
                    notice.event().written(),
                    ServerJson.text(notice),
                    notice.at(),
                    0,
                    now));
      }
    }
  }

  /** Sends notifications when they are due. Callable from any thread. */
  void wake() {
    context.runOnContext(now -> look());
  }

  private record Due(List<DeliveryRow> now, Optional<Instant> next) {}

  private void look() {
    if (closed || looking) {
      lookAgain = looking;
      return;
    }
    looking = true;
    arrivedMeanwhile.clear();
    vertx.cancelTimer(timer);
    Instant now = clock.instant();
    List<String> busy =
        onTheWay.values().stream()
            .distinct()
            .filter(webhook -> sentTo(webhook) >= SENT_AT_ONCE)
            .toList();
    int limit = LOOKED_AT + onTheWay.size();
    Futures.of(
            vertx,
            database.read(
                tables ->
                    new Due(tables.notices().due(now, busy, limit), tables.notices().nextDue(now))))
        .onComplete(
            found -> {
              looking = false;
              if (closed) {
                return;
              }
              if (found.succeeded()) {
                send(found.result());
              } else {
                LOG.error("Cannot read pending notifications", found.cause());
                lookIn(retries.afterDefect());
              }
              if (lookAgain) {
                lookAgain = false;
                look();
              }
            });
  }

  private int sentTo(String webhook) {
    return Collections.frequency(onTheWay.values(), webhook);
  }

  private void send(Due due) {
    for (DeliveryRow delivery : due.now()) {
      if (sentTo(delivery.webhook()) < SENT_AT_ONCE
          && !arrivedMeanwhile.contains(delivery.id())
          && onTheWay.putIfAbsent(delivery.id(), delivery.webhook()) == null) {
        send(delivery);
        // Further notifications may follow those that are not due yet.
        lookAgain = true;
      }
    }
    due.next().ifPresent(next -> lookIn(Duration.between(clock.instant(), next)));
  }

  private void lookIn(Duration time) {
    timer = vertx.setTimer(Math.max(1, time.toMillis() + 1), fired -> look());
  }

  private void send(DeliveryRow delivery) {
    @Nullable Webhook webhook = webhooks.get(delivery.webhook());
    if (webhook == null) {
      LOG.warn(
          "Dropped a notification of {}: its webhook is no longer configured", delivery.event());
      stored(delivery, tables -> tables.notices().remove(delivery.id()));
      return;
    }
    sender
        .send(webhook, delivery.id(), delivery.event(), delivery.body())
        .onSuccess(
            refusal -> {
              noted(webhook, refusal);
              refusal.ifPresentOrElse(
                  why -> retryOrDrop(webhook, delivery, why), () -> taken(delivery));
            });
  }

  /** Records the result of the last attempt, including tests. */
  private void noted(Webhook webhook, Optional<String> refusal) {
    refusal.ifPresentOrElse(
        why -> failures.put(webhook.id(), new Failure(why, clock.instant())),
        () -> failures.remove(webhook.id()));
  }

  private void taken(DeliveryRow delivery) {
    stored(delivery, tables -> tables.notices().remove(delivery.id()));
  }

  private void retryOrDrop(Webhook webhook, DeliveryRow delivery, String why) {
    int attempts = delivery.attempts() + 1;
    Optional<Duration> pause = retries.pause(attempts);
    if (pause.isPresent()) {
      LOG.info("{} did not accept a notification: {}; will retry", webhook.host(), why);
      Instant again = clock.instant().plus(pause.get());
      stored(delivery, tables -> tables.notices().postpone(delivery.id(), attempts, again));
    } else {
      LOG.warn("{} did not accept a notification: {}; giving up", webhook.host(), why);
      stored(delivery, tables -> tables.notices().remove(delivery.id()));
    }
  }

  private interface Change {
    void apply(Tables tables);
  }

  private void stored(DeliveryRow delivery, Change change) {
    if (ended) {
      return; // the database may be closed by now
    }
    Futures.of(
            vertx,
            database.write(
                tables -> {
                  change.apply(tables);
                  return delivery;
                }))
        .onSuccess(done -> arrived(delivery))
        .onFailure(
            failure -> {
              LOG.error("The delivery of a notification could not be recorded", failure);
              // Until it is, the notice is not sent again.
              vertx.setTimer(retries.afterDefect().toMillis(), fired -> stored(delivery, change));
            });
  }

  private void arrived(DeliveryRow delivery) {
    onTheWay.remove(delivery.id());
    if (looking) {
      arrivedMeanwhile.add(delivery.id());
    }
    endIfIdle();
    look();
  }

  /** Sends a notification to each webhook once, regardless of its events. */
  Future<List<WebhookTest>> test(Notice notice) {
    String body = ServerJson.text(notice);
    List<Future<WebhookTest>> tests = new ArrayList<>();
    for (Webhook webhook : webhooks.values()) {
      tests.add(
          sender
              .send(webhook, UUID.randomUUID().toString(), notice.event().written(), body)
              .map(
                  why -> {
                    noted(webhook, why);
                    return new WebhookTest(webhook.host(), why.isEmpty(), why);
                  }));
    }
    return Future.join(tests).map(done -> tests.stream().map(Future::result).toList());
  }

  /** How it goes with each webhook. */
  Future<List<WebhookStatus>> status() {
    return Futures.of(
        vertx,
        database.read(
            tables ->
                webhooks.values().stream()
                    .map(webhook -> status(webhook, tables.notices().pending(webhook.id())))
                    .toList()));
  }

  private WebhookStatus status(Webhook webhook, long pending) {
    Optional<Failure> failure = Optional.ofNullable(failures.get(webhook.id()));
    return new WebhookStatus(
        webhook.host(),
        webhook.events().stream().map(NoticeKind::written).sorted().toList(),
        pending,
        failure.map(Failure::words),
        failure.map(Failure::at));
  }

  /** Starts no more deliveries. Pending notifications are sent after the next start. */
  Future<Void> close() {
    context.runOnContext(
        now -> {
          closed = true;
          vertx.cancelTimer(timer);
          endIfIdle();
        });
    // Deliveries in progress may complete, to avoid duplicates, but only for a short time.
    return idle.future()
        .timeout(AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .onComplete(done -> ended = true)
        .eventually(sender::close);
  }

  private void endIfIdle() {
    if (closed && onTheWay.isEmpty()) {
      idle.tryComplete();
    }
  }
}
