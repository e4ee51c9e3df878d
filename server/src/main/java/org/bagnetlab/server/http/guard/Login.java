package org.bagnetlab.server.http.guard;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bagnetlab.server.access.Access;
import org.bagnetlab.server.access.AccessToken;
import org.bagnetlab.server.access.Role;
import org.bagnetlab.server.access.User;
import org.bagnetlab.server.http.contract.OpenApi;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.http.reply.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only users with a token, in the header Authorization or in a browser's cookie, and
 * refuses changes by viewers. Everything needs a token except the login page and the health check,
 * which load balancers use.
 *
 * <p>A refused request is not read any further, so a client without a token can neither exhaust
 * memory nor keep a connection open.
 */
public final class Login implements Handler<RoutingContext> {

  /** The path for logging browsers in and out. */
  static final String SESSION = OpenApi.ROOT + "/session";

  /**
   * Path of exports below the interface's. They change nothing, although they have a body: the
   * figures that the client has drawn.
   */
  public static final String EXPORTS = "/exports";

  private static final String BEARER = "bearer ";

  /** Key of the request's context data that holds the user who sent it. */
  static final String USER = "user";

  private static final Duration REMEMBERED = Duration.ofDays(30);

  /**
   * Prefix of a cookie's name: browsers accept such a cookie only over TLS, and only for this host.
   */
  private static final String SECURE = "__Host-";

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Set<String> HEALTH =
      Set.of(OpenApi.ROOT + "/health/live", OpenApi.ROOT + "/health/ready");

  private static final Set<String> LOGIN_PAGE =
      Set.of("/favicon.svg", "/css/login.css", "/js/login-page.js");

  /** Headers of which a proxy sets at least one. */
  private static final List<String> FORWARDED =
      List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

  /**
   * Delay before a refused connection is closed, so that a client that is still sending can read
   * the reason.
   */
  private static final Duration BEFORE_CLOSING = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Access access;
  private final String cookie;
  private final LoginAttempts attempts;
  private final Handler<RoutingContext> page;

  /** Requests without a response yet, with the token of each. */
  private final Map<RoutingContext, String> entered = new ConcurrentHashMap<>();

  /**
   * Creates the guard of a server.
   *
   * @param access the known users
   * @param lab identifies the data directory
   * @param attempts limits requests without a valid token
   * @param page responds to a browser that has to log in first
   */
  Login(
      Vertx vertx,
      Access access,
      String lab,
      LoginAttempts attempts,
      Handler<RoutingContext> page) {
    this.vertx = vertx;
    this.access = access;
    // Cookies belong to a host, not to a port: several labs on one host need different names.
    this.cookie = "bagnetlab-" + lab;
    this.attempts = attempts;
    this.page = page;
  }

  /**
   * The user who sent a request.
   *
   * @throws IllegalStateException if the user is not known
   */
  public static User user(RoutingContext request) {
    @Nullable User user = request.get(USER);
    if (user == null) {
      throw new IllegalStateException("the sender of this request is unknown");
    }
    return user;
  }

  /** Whether the sender of a request is known. */
  static boolean isKnown(RoutingContext request) {
    return request.get(USER) != null;
  }

  @Override
  public void handle(RoutingContext request) {
    if (!access.login()) {
      requireNoProxy(request);
      request.put(USER, User.LOCAL);
      request.next();
    } else if (HEALTH.contains(request.normalizedPath()) && isReading(request)) {
      request.next();
    } else {
      check(request);
    }
  }

  private void check(RoutingContext request) {
    Optional<String> token = bearer(request.request()).or(() -> remembered(request.request()));
    Optional<User> user = token.flatMap(access::user);
    if (user.isPresent()) {
      enter(request, user.get(), token.get());
    } else if (!attempts.allows(address(request))) {
      request.response().putHeader("Retry-After", Long.toString(LoginAttempts.MINUTE.toSeconds()));
      refuse(request, tooMany());
    } else if (isForAll(request)) {
      request.next();
    } else if (Reply.wantsPage(request)) {
      closeUnlessRead(request);
      page.handle(request);
    } else {
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"Bagnet Lab\"");
      refuse(request, token.isPresent() ? unknownToken() : missingToken());
    }
  }

  private void enter(RoutingContext request, User user, String token) {
    boolean changes =
        !isReading(request) && !isExport(request) && !request.normalizedPath().equals(SESSION);
    if (changes && user.role() != Role.OPERATOR) {
      refuse(request, viewersOnlyRead(user));
      return;
    }
    request.put(USER, user);
    entered.put(request, token);
    request.addEndHandler(ended -> entered.remove(request));
    if (access.user(token).isEmpty()) {
      // The token was revoked after it was looked up, possibly before this request was added to the
      // requests that a revocation ends.
      entered.remove(request);
      refuse(request, unknownToken());
      return;
    }
    request.addHeadersEndHandler(sent -> askAgain(request.response().headers()));
    request.next();
  }

  /**
   * Makes a browser revalidate cached responses at each use, so that it shows none of them after a
   * logout.
   */
  private static void askAgain(MultiMap headers) {
    @Nullable String caching = headers.get("Cache-Control");
    if (caching != null && caching.startsWith("private")) {
      headers.set("Cache-Control", "private, no-cache");
    }
  }

  /**
   * Ends the requests of users whose tokens were revoked, including uploads and downloads. Can be
   * called from any thread.
   */
  void endRevoked() {
    entered.forEach(
        (request, token) -> {
          if (access.user(token).isEmpty()) {
            var _ = request.request().connection().close();
          }
        });
  }

  /** Refuses viewers a response that only operators may read. */
  public static void requireOperator(User user) {
    if (user.role() != Role.OPERATOR) {
      throw viewersOnlyRead(user).exception();
    }
  }

  private static Problem viewersOnlyRead(User user) {
    return Problem.of(
        403,
        "viewers-only-read",
        "Not allowed",
        "%s is a viewer, who cannot change or back up anything. Ask the lab's owner for an operator's token."
            .formatted(user.name()));
  }

  /**
   * Refuses requests through a proxy if no login is required: the proxy would give all of its
   * clients access to the lab.
   */
  private static void requireNoProxy(RoutingContext request) {
    if (FORWARDED.stream().anyMatch(header -> request.request().getHeader(header) != null)) {
      throw Problem.of(
              403,
              "forwarded",
              "Forwarded request",
              "This request came through a proxy, but the server requires no login. Start it with --name HOST, the name of the proxy.")
          .exception();
    }
  }

  /** The IP address that a request comes from. Several users may share it. */
  static String address(RoutingContext request) {
    @Nullable SocketAddress remote = request.request().remoteAddress();
    return remote == null ? "" : String.valueOf(remote.hostAddress());
  }

  private void refuse(RoutingContext request, Problem problem) {
    closeUnlessRead(request);
    var _ = Problems.answer(request.response(), problem);
  }

  private void closeUnlessRead(RoutingContext request) {
    if (request.request().isEnded()) {
      return;
    }
    request
        .response()
        .putHeader("Connection", "close")
        .endHandler(
            sent -> {
              var _ =
                  vertx.setTimer(
                      BEFORE_CLOSING.toMillis(), timer -> request.request().connection().close());
            });
  }

  static boolean isReading(RoutingContext request) {
    return READING.contains(request.request().method());
  }

  /** Whether a request exports: a viewer may send it, and its route reads its large body. */
  static boolean isExport(RoutingContext request) {
    return request.normalizedPath().equals(OpenApi.ROOT + EXPORTS);
  }

  private static boolean isForAll(RoutingContext request) {
    String path = request.normalizedPath();
    return (LOGIN_PAGE.contains(path) && isReading(request))
        || (path.equals(SESSION) && request.request().method().equals(HttpMethod.POST));
  }

  private static Problem tooMany() {
    return Problem.of(
        429,
        "too-many-requests",
        "Too many requests",
        "Too many requests without a valid token came from your address: wait a minute.");
  }

  private static Problem missingToken() {
    return Problem.of(
        401,
        "login-required",
        "Login required",
        "This server needs a token. Set --token or BAGNETLAB_TOKEN, or send the header Authorization: Bearer TOKEN. The lab's owner makes one with: ./bagnetlab token add NAME. The owner's own is in the file operator-token of the data directory.");
  }

  /** The problem of a token that is wrong or was revoked. */
  public static Problem unknownToken() {
    return Problem.of(
        401,
        "unknown-token",
        "Unknown token",
        "The token is not known here, or was revoked. The lab's owner makes another with: ./bagnetlab token add NAME");
  }

  /**
   * The token in the header Authorization. A proxy with a login may put its own token there, in
   * addition to our cookie.
   */
  private static Optional<String> bearer(HttpServerRequest request) {
    boolean cookies = request.getHeader("Cookie") != null;
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).strip())
        .filter(token -> !cookies || token.startsWith(AccessToken.PREFIX));
  }

  /**
   * The token in the browser's cookie; for a change, only if the browser reports that a page of
   * this server sent the request.
   */
  private Optional<String> remembered(HttpServerRequest request) {
    if (!READING.contains(request.method()) && request.getHeader("Origin") == null) {
      return Optional.empty();
    }
    return Stream.of(SECURE + cookie, cookie)
        .map(request::getCookie)
        .filter(Objects::nonNull)
        .map(Cookie::getValue)
        .findFirst();
  }

  /** Makes a browser store a token, send it only to this host, and hide it from scripts. */
  public void remember(HttpServerRequest request, String token) {
    request.response().addCookie(cookie(request, token).setMaxAge(REMEMBERED.toSeconds()));
  }

  /** Makes a browser delete its token. */
  public void forget(HttpServerRequest request) {
    request.response().addCookie(cookie(request, "").setMaxAge(0));
  }

  private Cookie cookie(HttpServerRequest request, String token) {
    @Nullable String origin = request.getHeader("Origin");
    // Behind a proxy that terminates TLS, the server itself sees plain HTTP.
    boolean secure = request.isSSL() || (origin != null && origin.startsWith("https://"));
    return Cookie.cookie(secure ? SECURE + cookie : cookie, token)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure);
  }
}
