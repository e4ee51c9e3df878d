package org.bagnetlab.queue.event;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * A channel of {@link QueueEvent}s on the event bus. All events use one address, so that listeners
 * receive them in the order in which they happened.
 */
public final class QueueEvents {

  private static final String ADDRESS = "bagnetlab.queue";
  private static final String CODEC = "bagnetlab.queue-event";
  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);

  private final Vertx vertx;
  private volatile boolean closed;

  private QueueEvents(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Opens the channel. Must be called only once per Vert.x instance. */
  public static QueueEvents open(Vertx vertx) {
    vertx.eventBus().registerCodec(new ByReference());
    return new QueueEvents(vertx);
  }

  /** Publishes an event to all listeners. Does nothing once the channel is closed. */
  public void publish(QueueEvent event) {
    if (closed) {
      return;
    }
    vertx.eventBus().publish(ADDRESS, event, OPTIONS);
  }

  public void close() {
    closed = true;
    vertx.eventBus().unregisterCodec(CODEC);
  }

  /** Subscribes to all events from now on. */
  public static MessageConsumer<QueueEvent> listen(Vertx vertx, Handler<QueueEvent> listener) {
    return vertx
        .eventBus()
        .<QueueEvent>localConsumer(ADDRESS, message -> listener.handle(message.body()));
  }

  /** Events are immutable and stay in this process. */
  private static final class ByReference implements MessageCodec<QueueEvent, QueueEvent> {

    @Override
    public void encodeToWire(Buffer buffer, QueueEvent event) {
      throw new UnsupportedOperationException("events stay in this process");
    }

    @Override
    public QueueEvent decodeFromWire(int position, Buffer buffer) {
      throw new UnsupportedOperationException("events stay in this process");
    }

    @Override
    public QueueEvent transform(QueueEvent event) {
      return event;
    }

    @Override
    public String name() {
      return CODEC;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
