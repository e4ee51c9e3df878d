package org.bagnetlab.server.http.connection;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of client connections, and ends idle ones. Used only on the HTTP server's
 * single event loop.
 */
public final class ClientConnections {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

  private static final Duration HANDSHAKE = Duration.ofSeconds(3);

  /** Shortest compressed text in bytes; a shorter one fits into one packet anyway. */
  private static final int SHORTEST_COMPRESSED = 1024;

  /** The fastest level, since compression runs on the event loop. */
  private static final int COMPRESSION_LEVEL = 1;

  private final Vertx vertx;
  private final ClientLimits limits;
  private int open;

  /** Whether a warning was logged since a connection was last available. */
  private boolean warned;

  /** Creates a limiter of connections with these limits. */
  public ClientConnections(Vertx vertx, ClientLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** Creates a server that is not listening yet; with TLS if its files are given. */
  public HttpServer serve(Handler<HttpServerRequest> handler, Optional<TlsFiles> tls) {
    return vertx
        .createHttpServer(
            tls.map(
                    files ->
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(files.options()))
                .orElseGet(HttpServerOptions::new)
                .setIdleTimeout(Math.toIntExact(limits.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                // A refused request ends its connection, which HTTP/2 would share with many other
                // requests.
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setCompressionLevel(COMPRESSION_LEVEL)
                .setCompressionContentSizeThreshold(SHORTEST_COMPRESSED))
        .connectionHandler(this::opened)
        .invalidRequestHandler(new InvalidRequests())
        .requestHandler(handler);
  }

  private void opened(HttpConnection connection) {
    // Clients may disconnect at any time. Without a handler Vert.x logs that as an error.
    connection.exceptionHandler(failure -> LOG.debug("A connection was lost", failure));
    connection.closeHandler(
        closed -> {
          open--;
          warned &= open >= limits.connections();
        });
    open++;
    if (open > limits.connections()) {
      if (!warned) {
        warned = true;
        LOG.warn("{} connections are in use; refusing more", limits.connections());
      }
      var _ = connection.close();
    }
  }
}
