package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the clients' connections in number, and the time for which they make the server wait.
 * Vert.x's own idle timeout would end an import that computes and let a request come byte by byte.
 * Used on the one event loop of the HTTP server.
 */
public final class ClientConnections {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

  /** How late a connection may be closed, as a part of the patience. */
  private static final int LOOKS_A_PATIENCE = 8;

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final ClientLimits limits;
  private final Map<HttpConnection, ClientConnection> open = new HashMap<>();
  private boolean watching;
  private Optional<Long> warned = Optional.empty();

  /** Holds connections to these limits. */
  public ClientConnections(Vertx vertx, ClientLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** A server, yet to listen, whose connections are bounded. */
  public HttpServer serve(Handler<HttpServerRequest> handler) {
    return vertx
        // HTTP/2 without TLS is nobody's need here, and detecting it hides a connection until it
        // says something.
        .createHttpServer(new HttpServerOptions().setIdleTimeout(0).setHttp2ClearTextEnabled(false))
        .connectionHandler(this::opened)
        .invalidRequestHandler(new InvalidRequests())
        .requestHandler(
            request -> {
              of(request).ifPresent(client -> client.begin(request));
              handler.handle(request);
            });
  }

  private Optional<ClientConnection> of(HttpServerRequest request) {
    return Optional.ofNullable(open.get(request.connection()));
  }

  private void opened(HttpConnection connection) {
    // The cast is to a part of Vert.x that it does not promise to keep; it shows nothing else of
    // how far an answer has been taken.
    ClientConnection client =
        new ClientConnection(
            ((HttpServerConnection) connection).channelHandlerContext().channel(),
            System.nanoTime());
    if (!hasRoom()) {
      warn();
      client.close();
      return;
    }
    open.put(connection, client);
    connection.closeHandler(closed -> open.remove(connection));
    if (!watching) {
      watching = true;
      long unused =
          vertx.setPeriodic(
              Math.max(1, limits.patience().toMillis() / LOOKS_A_PATIENCE),
              timer -> closeOverdue());
    }
  }

  /** Makes room, where there is none, by closing the connection that has been idle longest. */
  private boolean hasRoom() {
    if (open.size() - listeners() < limits.connections()) {
      return true;
    }
    long now = System.nanoTime();
    @Nullable HttpConnection idlest = null;
    long longest = -1;
    for (Map.Entry<HttpConnection, ClientConnection> each : open.entrySet()) {
      long idle = each.getValue().idleNanos(now, limits.patience());
      if (idle > longest) {
        idlest = each.getKey();
        longest = idle;
      }
    }
    @Nullable ClientConnection closed = idlest == null ? null : open.remove(idlest);
    if (closed != null) {
      closed.close();
    }
    return closed != null;
  }

  private long listeners() {
    return open.values().stream().filter(ClientConnection::listens).count();
  }

  /**
   * Lets a request listen to events: its connection counts among the others that do, and may be
   * silent for as long as it likes.
   *
   * @return whether there are not too many of them
   */
  boolean listen(HttpServerRequest request) {
    if (listeners() >= limits.listeners()) {
      return false;
    }
    of(request).ifPresent(ClientConnection::listen);
    return true;
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    for (ClientConnection each : List.copyOf(open.values())) {
      if (each.overdue(now, limits.patience())) {
        each.close();
      }
    }
  }

  private void warn() {
    long now = System.nanoTime();
    if (warned.isEmpty() || now - warned.get() >= BETWEEN_WARNINGS.toNanos()) {
      warned = Optional.of(now);
      LOG.warn("All {} connections are in use; others are refused", limits.connections());
    }
  }
}
