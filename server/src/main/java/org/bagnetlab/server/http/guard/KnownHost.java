package org.bagnetlab.server.http.guard;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.table.Html;
import org.jspecify.annotations.Nullable;

/**
 * Accepts only the host names of this server. Otherwise a foreign site could resolve its own name
 * to this server (DNS rebinding) and act as the same origin.
 */
final class KnownHost implements Handler<RoutingContext> {

  private static final Set<String> LOOPBACK =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1", "[0:0:0:0:0:0:0:1]");
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

  /** IP addresses cannot be rebound to another host. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");

  private final String bound;
  private final Set<String> names;

  /**
   * Creates the guard of a server.
   *
   * @param bound the host that it listens on
   * @param names other accepted names
   */
  KnownHost(String bound, Set<String> names) {
    this.bound = bound.toLowerCase(Locale.ROOT);
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void handle(RoutingContext request) {
    if (request.request().headers().getAll(HttpHeaders.HOST).size() > 1) {
      throw Problem.of(
              400,
              "malformed",
              "Malformed request",
              "The request has more than one Host header. Send one.")
          .exception();
    }
    @Nullable HostAndPort authority = request.request().authority();
    if (authority != null && isKnown(authority.host().toLowerCase(Locale.ROOT))) {
      request.next();
    } else if (authority != null && Reply.wantsPage(request)) {
      request.response().setStatusCode(421);
      Reply.text(request, "text/html", page(authority.host()));
    } else {
      throw Problem.of(
              421,
              "unknown-host",
              "Unknown host",
              "This server does not accept the host name in the address. Use localhost or an IP address, or start the server with --name HOST.")
          .exception();
    }
  }

  /**
   * The refusal as an HTML page. The page has no style sheet, whose request would be refused as
   * well. It does not list the accepted names, since a foreign site may read it.
   */
  private static String page(String host) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Unknown host · Bagnet Lab</title>
        </head>
        <body>
        <main>
        <h1>Bagnet Lab</h1>
        <p>This server does not accept the host name %1$s in the address.</p>
        <p>Use the IP address of its machine, or a name that the server was given when it was started. To use this one, start
        it with <code>--name %1$s</code>.
        Names are checked so that no other site can take the server's name and read from it in your
        browser.</p>
        </main>
        </body>
        </html>
        """
        .formatted(Html.escaped(host));
  }

  private boolean isKnown(String host) {
    return LOOPBACK.contains(host)
        || host.equals(bound)
        || host.equals("[" + bound + "]")
        || names.contains(host)
        || (EVERY_ADDRESS.contains(bound) && ADDRESS.matcher(host).matches());
  }
}
