package org.bagnetlab.server.events;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to all connected pages, as server-sent events. A page that reads too slowly is
 * disconnected. When it reconnects, it gets the events it missed, or has to reload everything if
 * they are no longer known. Must be used on a single event loop.
 */
public final class EventChannel {

  private static final int REMEMBERED_EVENTS = 512;

  /** Delay before a page reconnects. Until then, it shows outdated data. */
  private static final int RETRY_MS = 500;

  /**
   * Maximum size of a page's write queue. The queues of a thousand pages that read nothing must fit
   * into the memory of the server.
   */
  private static final int LONGEST_QUEUE_BYTES = 1 << 17;

  /**
   * Minimum pause between progress events for each page. It limits them to a thousand per second
   * over all pages, since sending takes CPU time from jobs.
   */
  private static final long PAUSE_NANOS_A_PAGE = 1_000_000;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Buffer ALIVE = Buffer.buffer(": alive\n\n");

  private final Vertx vertx;
  private final EventHistory history;
  private final LongSupplier nanoTime;
  private final Set<HttpServerResponse> pages = new HashSet<>();
  private final Map<Long, Long> progressSent = new HashMap<>();
  private final MessageConsumer<QueueEvent> consumer;
  private final long heartbeat;
  private boolean closed;

  EventChannel(Vertx vertx, String server, LongSupplier nanoTime) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    this.history = new EventHistory(server, REMEMBERED_EVENTS);
    this.consumer = QueueEvents.listen(vertx, this::happened);
    this.heartbeat = vertx.setPeriodic(HEARTBEAT.toMillis(), timer -> sendAll(ALIVE));
  }

  /**
   * Opens a channel that sends the events of the lab.
   *
   * @param server distinguishes event identifiers of this server process from those of others
   */
  public static EventChannel open(Vertx vertx, String server) {
    return new EventChannel(vertx, server, System::nanoTime);
  }

  /**
   * Connects a page: sends the events that it missed, then all events from now on.
   *
   * @param lastEventId the last event that it received, if any
   */
  public void join(HttpServerResponse page, @Nullable String lastEventId) {
    if (closed) {
      page.setStatusCode(503).end();
      return;
    }
    page.setChunked(true)
        .setWriteQueueMaxSize(LONGEST_QUEUE_BYTES)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .exceptionHandler(failure -> pages.remove(page))
        .closeHandler(gone -> pages.remove(page));
    pages.add(page);
    send(page, Buffer.buffer("retry: %d\n".formatted(RETRY_MS) + greeting(lastEventId)));
  }

  private String greeting(@Nullable String lastEventId) {
    // An id without data, so that a page that has not received any event knows where to continue.
    String now = "id: " + history.now() + "\n\n";
    if (lastEventId == null) {
      return now;
    }
    return history
        .since(lastEventId)
        .map(
            missed -> {
              StringBuilder text = new StringBuilder();
              missed.forEach(event -> text.append(text(event)));
              return text + now;
            })
        .filter(text -> text.length() <= LONGEST_QUEUE_BYTES)
        .orElse("event: reset\nid: " + history.now() + "\ndata: {}\n\n");
  }

  void happened(QueueEvent event) {
    if (event instanceof QueueEvent.Progressed progressed && tooSoon(progressed.job())) {
      return;
    }
    if (event instanceof QueueEvent.FilesDeleted || event instanceof QueueEvent.RuleApplied) {
      return; // Pages get an event for the job instead.
    }
    if (event instanceof QueueEvent.JobChanged changed) {
      progressSent.remove(changed.job().id());
    }
    sendAll(Buffer.buffer(text(history.add(event))));
  }

  private boolean tooSoon(long job) {
    long now = nanoTime.getAsLong();
    @Nullable Long sent = progressSent.get(job);
    if (sent != null && now - sent < pages.size() * PAUSE_NANOS_A_PAGE) {
      return true;
    }
    progressSent.put(job, now);
    return false;
  }

  private String text(LabEvent event) {
    return "event: %s\nid: %s\ndata: %s\n\n"
        .formatted(event.type(), history.id(event.number()), event.data());
  }

  /**
   * Sends a text to all pages. They share the buffer, so that the text is encoded and kept in
   * memory only once.
   */
  private void sendAll(Buffer text) {
    for (HttpServerResponse page : List.copyOf(pages)) {
      send(page, text);
    }
  }

  private void send(HttpServerResponse page, Buffer text) {
    if (page.ended() || page.closed()) {
      // The page is closed, but its close handler has not run yet. Writing would throw, and the
      // other pages would miss the event.
      pages.remove(page);
    } else if (page.writeQueueFull()) {
      pages.remove(page);
      page.reset();
    } else {
      page.write(text).onFailure(failure -> pages.remove(page));
    }
  }

  /** Ends the streams of all pages, and accepts no new pages. */
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(heartbeat);
    List<Future<Void>> ends = new ArrayList<>();
    ends.add(consumer.unregister());
    List.copyOf(pages).forEach(page -> ends.add(page.end()));
    pages.clear();
    return Future.join(ends).otherwiseEmpty().mapEmpty();
  }
}
