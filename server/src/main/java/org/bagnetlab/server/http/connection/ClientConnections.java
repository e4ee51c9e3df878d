package org.bagnetlab.server.http.connection;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of client connections, and how long they make the server wait. Vert.x's own
 * idle timeout would end a running import and allow a request to arrive byte by byte. Used on the
 * one event loop of the HTTP server.
 */
public final class ClientConnections {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

  /** Connections are checked so often within the patience, and closed so much too late at most. */
  private static final int CHECKS_WITHIN_PATIENCE = 8;

  /**
   * The system reports a socket as writable only when a third of its buffer is free, whose size
   * Linux doubles: 44 kB. A client that reads a kilobyte a second reads them within a minute. By
   * default the buffer grows to 4 MiB, and slow downloads would appear stalled for minutes.
   */
  static final int SEND_BUFFER_BYTES = 1 << 16;

  /** Until then a connection with TLS is not watched. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(3);

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final ClientLimits limits;

  /** All except event streams, least recently used first. */
  private final Map<HttpConnection, ClientConnection> open = new LinkedHashMap<>();

  private final Map<HttpConnection, ClientConnection> listening = new HashMap<>();
  private boolean watching;
  private Optional<Long> warned = Optional.empty();

  /** Holds connections to these limits. */
  public ClientConnections(Vertx vertx, ClientLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** A server that is not listening yet, with limited connections. */
  public HttpServer serve(Handler<HttpServerRequest> handler) {
    return serve(handler, Optional.empty());
  }

  /** The same with TLS, if there are files for it. */
  public HttpServer serve(Handler<HttpServerRequest> handler, Optional<TlsFiles> tls) {
    return vertx
        // To detect HTTP/2, Vert.x hides a connection until it sends something, and one connection
        // for everything could not be told from one that is idle.
        .createHttpServer(
            tls.map(
                    files ->
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(files.options()))
                .orElseGet(HttpServerOptions::new)
                .setIdleTimeout(0)
                .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false)
                .setSendBufferSize(SEND_BUFFER_BYTES))
        .connectionHandler(this::opened)
        .invalidRequestHandler(new InvalidRequests())
        .requestHandler(
            request -> {
              begin(request);
              handler.handle(request);
            });
  }

  private void begin(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    removed(connection)
        .ifPresent(
            client -> {
              client.begin(request);
              open.put(connection, client);
            });
  }

  private Optional<ClientConnection> removed(HttpConnection connection) {
    @Nullable ClientConnection client = open.remove(connection);
    return Optional.ofNullable(client == null ? listening.remove(connection) : client);
  }

  /** Takes a new connection, or closes it: none is open that is not watched. */
  void opened(HttpConnection connection) {
    // Uses a Vert.x internal; there is no public API for the progress of a response
    // has been taken.
    if (!(connection instanceof HttpServerConnection seen)) {
      LOG.error("A connection could not be tracked and was closed: {}", connection.getClass());
      var _ = connection.close();
      return;
    }
    String address = ClientAddress.of(connection.remoteAddress());
    ClientConnection client =
        new ClientConnection(seen.channelHandlerContext().channel(), address, System.nanoTime());
    // Clients go when they like. Without a handler Vert.x logs that as an error.
    connection.exceptionHandler(failure -> LOG.debug("A connection was lost", failure));
    if (!hasRoom(limits.perAddress(), each -> each.isFrom(address))
        || !hasRoom(limits.connections(), each -> true)) {
      warn(address);
      client.close();
      return;
    }
    open.put(connection, client);
    connection.closeHandler(closed -> removed(connection));
    if (!watching) {
      watching = true;
      var _ =
          vertx.setPeriodic(
              Math.max(1, limits.patience().toMillis() / CHECKS_WITHIN_PATIENCE),
              timer -> closeOverdue());
    }
  }

  /**
   * Makes room among some connections, where there is none, by closing the one of them that has
   * been idle longest.
   */
  private boolean hasRoom(int most, Predicate<ClientConnection> some) {
    if (Stream.of(open, listening).flatMap(all -> all.values().stream()).filter(some).count()
        < most) {
      return true;
    }
    Optional<Map.Entry<HttpConnection, ClientConnection>> idlest =
        open.entrySet().stream()
            .filter(each -> some.test(each.getValue()) && each.getValue().idle())
            .findFirst();
    idlest.ifPresent(
        each -> {
          open.remove(each.getKey());
          each.getValue().close();
        });
    return idlest.isPresent();
  }

  /**
   * Adds a listener to events, without a time limit.
   *
   * @return whether the limit of listeners allows it
   */
  public boolean listen(HttpServerRequest request) {
    if (listening.size() >= limits.listeners()) {
      releaseEnded();
    }
    if (listening.size() >= limits.listeners()) {
      return false;
    }
    HttpConnection connection = request.connection();
    removed(connection).ifPresent(client -> listening.put(connection, client));
    return true;
  }

  /** The body of a request, yet to be read, that its client is not waited for while it is held. */
  public ReadStream<Buffer> body(HttpServerRequest request) {
    PausableBody body = new PausableBody(request);
    HttpConnection connection = request.connection();
    @Nullable ClientConnection client = open.get(connection);
    if (client != null) {
      client.reads(body);
    }
    return body;
  }

  /** After its stream has ended, a listener counts as a normal client. */
  private void releaseEnded() {
    for (Map.Entry<HttpConnection, ClientConnection> each : List.copyOf(listening.entrySet())) {
      if (each.getValue().answered()) {
        listening.remove(each.getKey());
        open.put(each.getKey(), each.getValue());
      }
    }
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    releaseEnded();
    for (ClientConnection each : List.copyOf(listening.values())) {
      if (each.isStalled(now, limits.patience())) {
        each.close();
      }
    }
    for (ClientConnection each : List.copyOf(open.values())) {
      if (each.overdue(now, limits.patience())) {
        each.close();
      }
    }
  }

  private void warn(String address) {
    long now = System.nanoTime();
    if (warned.isEmpty() || now - warned.get() >= BETWEEN_WARNINGS.toNanos()) {
      warned = Optional.of(now);
      LOG.warn(
          "{} connections are in use; refusing more from {}",
          open.size() + listening.size(),
          address);
    }
  }
}
