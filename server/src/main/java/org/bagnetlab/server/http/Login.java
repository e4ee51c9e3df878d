package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only visitors with a token, in the header Authorization or in a browser's cookie, and
 * lets viewers change nothing. Everything needs a token but the page to log in and whether the
 * server is well, which load balancers ask.
 */
final class Login implements Handler<RoutingContext> {

  /** Where browsers log in and out. */
  static final String SESSION = Api.ROOT + "/session";

  private static final String BEARER = "bearer ";
  private static final String VISITOR = "visitor";
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Set<String> FOR_ALL =
      Set.of(
          Api.ROOT + "/health/live",
          Api.ROOT + "/health/ready",
          "/favicon.svg",
          "/css/tokens.css",
          "/css/base.css",
          "/css/controls.css",
          "/css/login.css",
          "/js/login/login-page.js");

  private final Access access;
  private final RequestRate rate;
  private final Handler<RoutingContext> page;

  /**
   * Guards a server.
   *
   * @param access knows the visitors
   * @param rate of requests of each
   * @param page answers a browser that has to log in first
   */
  Login(Access access, RequestRate rate, Handler<RoutingContext> page) {
    this.access = access;
    this.rate = rate;
    this.page = page;
  }

  /** Who sent a request. */
  static Visitor visitor(RoutingContext request) {
    @Nullable Visitor visitor = request.get(VISITOR);
    return visitor == null ? Visitor.LOCAL : visitor;
  }

  @Override
  public void handle(RoutingContext request) {
    if (!access.login()) {
      request.next();
      return;
    }
    Optional<String> token = bearer(request.request()).or(() -> remembered(request.request()));
    Optional<Visitor> visitor = token.flatMap(access::visitor);
    if (!rate.allows(
        visitor.map(known -> "token " + known.name()).orElse(address(request.request())))) {
      refuseRate(request);
    } else if (visitor.isPresent()) {
      request.put(VISITOR, visitor.get());
      requireRole(request, visitor.get());
      request.next();
    } else if (isForAll(request)) {
      request.next();
    } else {
      refuse(request, token.isPresent());
    }
  }

  private static void refuseRate(RoutingContext request) {
    request.response().putHeader("Retry-After", "1");
    throw Problem.of(
            429,
            "too-many-requests",
            "Too many requests",
            "You sent too many requests: wait a second.")
        .exception();
  }

  /** A browser's address without its port, behind which there may be several people. */
  private static String address(HttpServerRequest request) {
    return request.remoteAddress() == null
        ? ""
        : String.valueOf(request.remoteAddress().hostAddress());
  }

  private static boolean isForAll(RoutingContext request) {
    String path = request.normalizedPath();
    return FOR_ALL.contains(path)
        || (path.equals(SESSION) && request.request().method().equals(HttpMethod.POST));
  }

  private static void requireRole(RoutingContext request, Visitor visitor) {
    HttpMethod method = request.request().method();
    if (READING.contains(method) || request.normalizedPath().equals(SESSION)) {
      return;
    }
    if (visitor.role() != Role.OPERATOR) {
      throw Problem.of(
              403,
              "viewers-only-read",
              "Not allowed",
              "%s is a viewer, who cannot change anything. Ask the lab's owner for an operator's token."
                  .formatted(visitor.name()))
          .exception();
    }
  }

  private void refuse(RoutingContext request, boolean unknown) {
    if (wantsPage(request)) {
      page.handle(request);
      return;
    }
    request.response().putHeader("WWW-Authenticate", "Bearer realm=\"Bagnet Lab\"");
    throw (unknown ? unknownToken() : missingToken()).exception();
  }

  private static boolean wantsPage(RoutingContext request) {
    @Nullable String accepted = request.request().getHeader("Accept");
    return request.request().method().equals(HttpMethod.GET)
        && !request.normalizedPath().startsWith("/api")
        && accepted != null
        && accepted.contains("text/html");
  }

  private static Problem missingToken() {
    return Problem.of(
        401,
        "login-required",
        "Login required",
        "This server needs a token. Set --token or BAGNETLAB_TOKEN, or send the header Authorization: Bearer TOKEN. The lab's owner makes one with: ./bagnetlab token add NAME");
  }

  /** A token that is wrong or was revoked. */
  static Problem unknownToken() {
    return Problem.of(
        401,
        "unknown-token",
        "Unknown token",
        "The token is not known here, or was revoked. The lab's owner makes another with: ./bagnetlab token add NAME");
  }

  private static Optional<String> bearer(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  /** Of a change only if the browser says that it is from a page of this server. */
  private static Optional<String> remembered(HttpServerRequest request) {
    if (!READING.contains(request.method()) && request.getHeader("Origin") == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(request.getCookie(cookieName(request))).map(Cookie::getValue);
  }

  /** Cookies belong to a host, whatever the port: several servers on one must not mix them up. */
  private static String cookieName(HttpServerRequest request) {
    return "bagnetlab-" + request.localAddress().port();
  }

  /** Makes a browser remember a token. It sends it to this server only, and shows it to no page. */
  static void remember(HttpServerRequest request, String token) {
    request.response().addCookie(cookie(request, token).setMaxAge(REMEMBERED.toSeconds()));
  }

  /** Makes a browser forget its token. */
  static void forget(HttpServerRequest request) {
    request.response().addCookie(cookie(request, "").setMaxAge(0));
  }

  private static Cookie cookie(HttpServerRequest request, String token) {
    @Nullable String origin = request.getHeader("Origin");
    return Cookie.cookie(cookieName(request), token)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        // Behind a proxy, the server itself does not see the TLS.
        .setSecure(request.isSSL() || (origin != null && origin.startsWith("https://")));
  }
}
