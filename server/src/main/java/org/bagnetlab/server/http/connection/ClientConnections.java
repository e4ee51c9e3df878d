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
 * Limits the number of client connections, and ends idle ones. Used on the one event loop of the
 * HTTP server.
 */
public final class ClientConnections {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

  private static final Duration HANDSHAKE = Duration.ofSeconds(3);

  /** A shorter text fits into one packet in any case. */
  private static final int SHORTEST_COMPRESSED = 1024;

  /** The fastest, since the event loop compresses. */
  private static final int COMPRESSION_LEVEL = 1;

  private final Vertx vertx;
  private final ClientLimits limits;
  private int open;

  /** Since there was room last. */
  private boolean warned;

  /** Holds connections to these limits. */
  public ClientConnections(Vertx vertx, ClientLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** A server that is not listening yet; with TLS, if there are files for it. */
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
                // A refused request ends its connection, which with HTTP/2 is that of many others.
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
    // Clients go when they like. Without a handler Vert.x logs that as an error.
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
