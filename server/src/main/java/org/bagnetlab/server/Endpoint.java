package org.bagnetlab.server;

import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.http.connection.TlsFiles;

/**
 * Where a server is reached, and by whom.
 *
 * @param host IP address to listen on
 * @param port port to listen on; 0: any free one
 * @param names accepted host names besides its host and loopback
 * @param login whether visitors need a token
 * @param tls what it proves its name with; none for plain HTTP
 */
public record Endpoint(
    String host, int port, Set<String> names, boolean login, Optional<TlsFiles> tls) {

  /** Only this machine reaches it, and needs no token. */
  public static Endpoint loopback(int port) {
    return new Endpoint("127.0.0.1", port, Set.of(), false, Optional.empty());
  }

  /** Its address, once it listens on a port. */
  String address(int actualPort) {
    return "%s://%s:%d/"
        .formatted(
            tls.isPresent() ? "https" : "http",
            host.contains(":") ? "[" + host + "]" : host,
            actualPort);
  }
}
