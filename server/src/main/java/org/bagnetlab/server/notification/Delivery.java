package org.bagnetlab.server.notification;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.Notice;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.recipient.Recipient;
import org.bagnetlab.server.notification.recipient.Transport;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseRetry;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.notice.DeliveryRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notices of one recipient in order. Each is sent at least once, until it is accepted or
 * discarded, and has the same number in every attempt. Pending notices are stored, so a restart
 * loses none.
 */
final class Delivery implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Recipient recipient;
  private final Database database;
  private final DeliveryRetries retries;
  private final DatabaseRetry retry;
  private final Clock clock;
  private final Transport transport;
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Optional<Failure> failure = Optional.empty();

  private record Failure(String reason, Instant at) {}

  Delivery(
      Recipient recipient, Vertx vertx, Database database, DeliveryRetries retries, Clock clock) {
    this.recipient = recipient;
    this.database = database;
    this.retries = retries;
    this.retry =
        new DatabaseRetry(
            retries.databasePause(), "Pending notifications cannot be read or recorded");
    this.clock = clock;
    this.transport = Transport.of(vertx, retries.timeout());
  }

  Recipient recipient() {
    return recipient;
  }

  /** Stores a notice if the recipient is subscribed to it. Must be called within a transaction. */
  void post(Tables tables, Notice notice, Message message) {
    if (recipient.events().contains(notice.event())) {
      tables.notices().insert(delivery(notice, message));
    }
  }

  private DeliveryRow delivery(Notice notice, Message message) {
    return new DeliveryRow(
        UUID.randomUUID().toString(),
        recipient.id(),
        notice.event().written(),
        recipient.body(notice, message),
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
    try (transport) {
      while (closing.getCount() > 0) {
        wakes.drainPermits();
        Optional<DeliveryRow> next =
            retry.untilDone(() -> database.read(tables -> tables.notices().next(recipient.id())));
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
    // Those that had to wait for others are tried once, so that later ones do not wait for hours.
    boolean late = notice.createdAt().plus(retries.longest()).isBefore(clock.instant());
    for (Duration pause : late ? List.<Duration>of() : retries.pauses()) {
      if (refusal.isPresent()) {
        LOG.info(
            "{} did not accept a notification: {}; will retry", recipient.host(), refusal.get());
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        refusal = send(notice);
      }
    }
    refusal.ifPresent(
        why -> LOG.warn("{} did not accept a notification: {}; giving up", recipient.host(), why));
    retry.untilDone(() -> database.write(tables -> tables.notices().remove(notice.id())));
  }

  /** Sends a notice once, and keeps the result for {@link #status}. */
  private Optional<String> send(DeliveryRow notice) throws InterruptedException {
    Optional<String> refusal = attempt(notice);
    failure = refusal.map(why -> new Failure(why, clock.instant()));
    return refusal;
  }

  private Optional<String> attempt(DeliveryRow notice) throws InterruptedException {
    try {
      return recipient.send(notice, transport);
    } catch (RuntimeException e) {
      // One that cannot be written must not stop those after it.
      LOG.error("A notification for {} cannot be written", recipient.host(), e);
      return Optional.of("the notification cannot be written");
    }
  }

  /** Sends a notice once, whether or not the recipient is subscribed to it. Blocks. */
  RecipientTest test(Notice notice, Message message) {
    try {
      Optional<String> refusal = send(delivery(notice, message));
      return new RecipientTest(recipient.service(), recipient.host(), refusal.isEmpty(), refusal);
    } catch (InterruptedException e) {
      throw new CancellationException("the server is stopping");
    }
  }

  RecipientStatus status(Tables tables) {
    return new RecipientStatus(
        recipient.service(),
        recipient.host(),
        recipient.events().stream().map(NoticeKind::written).sorted().toList(),
        tables.notices().pending(recipient.id()),
        failure.map(Failure::reason),
        failure.map(Failure::at));
  }
}
