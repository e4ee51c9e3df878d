package org.bagnetlab.server.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client's connection, and what the server is waiting for. Used on its event loop only. */
final class ClientConnection {

  /** Of an upload. At this rate a file of 1 MiB takes 17 minutes. */
  private static final long LEAST_BYTES_A_SECOND = 1_000;

  private final Channel channel;
  private final String address;
  private @Nullable HttpServerRequest request;
  private @Nullable PausableBody body;
  private long requests;
  private Wait wait = new Wait.ForRequest(0);
  private long since;

  ClientConnection(Channel channel, String address, long now) {
    this.channel = channel;
    this.address = address;
    this.since = now;
  }

  /** What the client has to do next, and its progress. */
  private sealed interface Wait {

    /** Send a request's head. Its bytes are no progress: a head is short. */
    record ForRequest(long earlier) implements Wait {}

    /** Send more of a file. */
    record ForUpload(long request, long bytes) implements Wait {}

    /** Send the whole body of another request. Its bytes are no progress: they occupy memory. */
    record ForBody(long request) implements Wait {}

    /**
     * Take more of an answer: of this message, which has come so far. What is added after it is no
     * progress.
     */
    record ForTaking(int message, long progress) implements Wait {}

    /** Nothing: the server works. */
    record ForNothing() implements Wait {}
  }

  /** Whether it is from this {@link ClientAddress}. */
  boolean isFrom(String other) {
    return address.equals(other);
  }

  /** A request has come. */
  void begin(HttpServerRequest next) {
    request = next;
    body = null;
    requests++;
  }

  /** The body of the current request is read from this. */
  void reads(PausableBody held) {
    body = held;
  }

  /** Whether its last request is answered. */
  boolean answered() {
    return request == null || request.response().ended();
  }

  /** Whether the client has made the server wait for this long. */
  boolean overdue(long now, Duration patience) {
    observe(now, patience);
    return !(wait instanceof Wait.ForNothing) && now - since >= patience.toNanos();
  }

  /** Whether no part of an unfinished response was read for this long. */
  boolean isStalled(long now, Duration patience) {
    return overdue(now, patience) && wait instanceof Wait.ForTaking;
  }

  /** Whether nothing is lost if it is closed: there is no request, or only the beginning of one. */
  boolean idle() {
    return next() instanceof Wait.ForRequest;
  }

  private void observe(long now, Duration patience) {
    Wait next = next();
    if (!continues(next, patience)) {
      wait = next;
      since = now;
    }
  }

  /** Whether the client is not noticeably further than when the wait began. */
  private boolean continues(Wait next, Duration patience) {
    if (wait instanceof Wait.ForUpload before
        && next instanceof Wait.ForUpload after
        && before.request == after.request) {
      return after.bytes - before.bytes < LEAST_BYTES_A_SECOND * patience.toMillis() / 1_000;
    }
    return wait.equals(next);
  }

  private Wait next() {
    @Nullable ChannelOutboundBuffer output = channel.unsafe().outboundBuffer();
    if (output != null && !output.isEmpty()) {
      // Detects progress like Netty's IdleStateHandler, which Vert.x does not expose.
      return new Wait.ForTaking(
          System.identityHashCode(output.current()), output.currentProgress());
    }
    if (request != null && !request.isEnded()) {
      if (body == null) {
        return new Wait.ForBody(requests);
      }
      return body.held()
          ? new Wait.ForNothing()
          : new Wait.ForUpload(requests, request.bytesRead());
    }
    return answered() ? new Wait.ForRequest(requests) : new Wait.ForNothing();
  }

  /** Closes it at once: Vert.x would first send the rest, which the client may never read. */
  void close() {
    channel.unsafe().close(channel.newPromise());
  }
}
