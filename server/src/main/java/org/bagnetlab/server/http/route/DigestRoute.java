package org.bagnetlab.server.http.route;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.results.view.Results;

/** The route of the summary of the last hours. */
final class DigestRoute {

  private static final Duration DEFAULT = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Results results;
  private final Clock clock;

  DigestRoute(Results results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  void mount(Router api) {
    api.get("/digest").handler(this::digest);
  }

  private void digest(RoutingContext request) {
    Duration last = RequestParameters.span(request, "last", DEFAULT, LONGEST);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Reply.json(request, results.digest(now.minus(last), now));
  }
}
