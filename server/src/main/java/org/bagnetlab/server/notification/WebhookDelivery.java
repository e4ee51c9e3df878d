package org.bagnetlab.server.notification;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseRetry;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.notice.DeliveryRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notices of one webhook in order. Each is sent at least once, until it is accepted or
 * discarded, and has the same number in every attempt. Pending notices are stored, so a restart
 * loses none.
 */
final class WebhookDelivery implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);

  private final Webhook webhook;
  private final Database database;
  private final DeliveryRetries retries;
  private final DatabaseRetry retry;
  private final Clock clock;
  private final HttpClient client;
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Optional<Failure> failure = Optional.empty();

  private record Failure(String reason, Instant at) {}

  WebhookDelivery(Webhook webhook, Database database, DeliveryRetries retries, Clock clock) {
    this.webhook = webhook;
    this.database = database;
    this.retries = retries;
    this.retry =
        new DatabaseRetry(
            retries.databasePause(), "Pending notifications cannot be read or recorded");
    this.clock = clock;
    this.client = Sender.client(retries.timeout());
  }

  Webhook webhook() {
    return webhook;
  }

  /** Stores a notice if the webhook is subscribed to it. Must be called within a transaction. */
  void post(Tables tables, Notice notice) {
    if (webhook.events().contains(notice.event())) {
      tables.notices().insert(delivery(notice));
    }
  }

  private DeliveryRow delivery(Notice notice) {
    return new DeliveryRow(
        UUID.randomUUID().toString(),
        webhook.id(),
        notice.event().written(),
        ServerJson.text(notice),
        notice.at());
  }

  /** Tells the delivery thread to look for new notices. */
  void wake() {
    wakes.release();
  }

  /** Starts no more deliveries. Pending notices are sent after the next start. */
  void close() {
    closing.countDown();
    wake();
  }

  /** Sends notices until this is closed, or the thread is interrupted. */
  @Override
  public void run() {
    try (client) {
      while (closing.getCount() > 0) {
        wakes.drainPermits();
        Optional<DeliveryRow> next =
            retry.untilDone(() -> database.read(tables -> tables.notices().next(webhook.id())));
        if (next.isPresent()) {
          deliver(next.get());
        } else {
          wakes.acquire();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(DeliveryRow notice) throws InterruptedException {
    Optional<String> refusal = send(notice);
    for (Duration pause : retries.pauses()) {
      if (refusal.isPresent()) {
        LOG.info("{} did not accept a notification: {}; will retry", webhook.host(), refusal.get());
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        refusal = send(notice);
      }
    }
    refusal.ifPresent(
        why -> LOG.warn("{} did not accept a notification: {}; giving up", webhook.host(), why));
    retry.untilDone(() -> database.write(tables -> tables.notices().remove(notice.id())));
  }

  /** Sends a notice once, and keeps the result for {@link #status}. */
  private Optional<String> send(DeliveryRow notice) throws InterruptedException {
    Optional<String> refusal = Sender.send(client, webhook, notice, retries.timeout());
    failure = refusal.map(why -> new Failure(why, clock.instant()));
    return refusal;
  }

  /** Sends a notice once, whether or not the webhook is subscribed to it. Blocks. */
  WebhookTest test(Notice notice) {
    try {
      Optional<String> refusal = send(delivery(notice));
      return new WebhookTest(webhook.host(), refusal.isEmpty(), refusal);
    } catch (InterruptedException e) {
      throw new CancellationException("the server is stopping");
    }
  }

  WebhookStatus status(Tables tables) {
    return new WebhookStatus(
        webhook.host(),
        webhook.events().stream().map(NoticeKind::written).sorted().toList(),
        tables.notices().pending(webhook.id()),
        failure.map(Failure::reason),
        failure.map(Failure::at));
  }
}
