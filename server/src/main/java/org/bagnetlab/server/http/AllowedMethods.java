package org.bagnetlab.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bagnetlab.server.http.reply.Problem;

/**
 * Responds to requests that no route has handled: with 405 and the methods that the path allows, or
 * with 404. The router itself forgets the allowed methods once a later route for other paths
 * matches.
 */
final class AllowedMethods implements Handler<RoutingContext> {

  private record Address(Pattern path, Set<HttpMethod> methods) {}

  private final List<Address> addresses = new ArrayList<>();

  /**
   * Collects the paths and methods of routes.
   *
   * @param root where they are mounted
   */
  AllowedMethods(String root, List<Route> routes) {
    for (Route route : routes) {
      addresses.add(new Address(pattern(root + route.getPath()), route.methods()));
    }
  }

  private static Pattern pattern(String path) {
    return Pattern.compile(
        Arrays.stream(path.split("/"))
            .map(part -> part.startsWith(":") ? "[^/]+" : Pattern.quote(part))
            .collect(Collectors.joining("/", "", "/?")));
  }

  @Override
  public void handle(RoutingContext request) {
    String path = request.normalizedPath();
    Set<String> allowed =
        addresses.stream()
            .filter(address -> address.path.matcher(path).matches())
            .flatMap(address -> address.methods.stream())
            .map(HttpMethod::name)
            .collect(Collectors.toCollection(TreeSet::new));
    if (allowed.isEmpty()) {
      request.fail(404);
    } else {
      refuse(request, String.join(", ", allowed));
    }
  }

  /** Responds with 405 and the methods that a path allows. */
  static void refuse(RoutingContext request, String allowed) {
    request.response().putHeader("Allow", allowed);
    throw Problem.of(
            405,
            "method-not-allowed",
            "Method not allowed",
            "%s is not allowed here; use %s.".formatted(request.request().method(), allowed))
        .exception();
  }
}
