package org.bagnetlab.server.http.route;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives a few requests at a time their turn. Some others wait, in their order, and are forgotten
 * once their clients leave; the rest are refused.
 */
final class Turns {

  /** A request that waits for its turn. */
  private record Waiting(RoutingContext request, Runnable begin) {}

  private final Vertx vertx;
  private final int atOnce;
  private final int most;

  private final Set<RoutingContext> admitted = new HashSet<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int working;

  /**
   * Creates turns that all are free.
   *
   * @param atOnce requests that have their turn at the same time
   * @param most requests, including those that wait
   */
  Turns(Vertx vertx, int atOnce, int most) {
    this.vertx = vertx;
    this.atOnce = atOnce;
    this.most = most;
  }

  /**
   * Admits a request until it ends, unless there are too many. To be called before its body is
   * read, of which memory holds as many as there are admitted requests.
   */
  synchronized boolean admit(RoutingContext request) {
    if (admitted.size() >= most) {
      return false;
    }
    admitted.add(request);
    request.addEndHandler(ended -> forget(request));
    return true;
  }

  private synchronized void forget(RoutingContext request) {
    admitted.remove(request);
    waiting.removeIf(each -> each.request().equals(request));
  }

  /** Works for an admitted request once it is its turn, which ends with the work. */
  synchronized void await(RoutingContext request, Supplier<Future<?>> work) {
    if (!admitted.contains(request)) {
      return; // its client has left
    }
    Context context = vertx.getOrCreateContext();
    waiting.add(
        new Waiting(
            request,
            () -> context.runOnContext(turn -> work.get().onComplete(ended -> endTurn()))));
    beginNext();
  }

  private synchronized void endTurn() {
    working--;
    beginNext();
  }

  private void beginNext() {
    while (working < atOnce && !waiting.isEmpty()) {
      working++;
      waiting.remove().begin().run();
    }
  }
}
