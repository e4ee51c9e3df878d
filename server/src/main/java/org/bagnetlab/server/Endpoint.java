package org.bagnetlab.server;

import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.http.connection.TlsFiles;

/**
 * The address of a server, its names, and who may use it.
 *
 * @param host IP address to listen on
 * @param port port to listen on; 0 selects any free port
 * @param names accepted host names besides its host and loopback
 * @param login whether users need a token
 * @param tls its certificate and key; empty for plain HTTP
 */
public record Endpoint(
    String host, int port, Set<String> names, boolean login, Optional<TlsFiles> tls) {

  /** An endpoint that only this machine can reach, without a token. */
  public static Endpoint loopback(int port) {
    return new Endpoint("127.0.0.1", port, Set.of(), false, Optional.empty());
  }

  /** The server's URL, given the port that it actually listens on. */
  String address(int actualPort) {
    return "%s://%s:%d/"
        .formatted(
            tls.isPresent() ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            actualPort);
  }
}
