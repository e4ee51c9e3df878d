package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs tasks with the same name one after another, even if a task takes several transactions. */
final class KeyedSequence {

  private final Vertx vertx;

  /** The last unfinished task of each name; guarded by this. */
  private final Map<String, Future<?>> last = new HashMap<>();

  KeyedSequence(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Begins when all earlier tasks with this name have ended, with or without success. */
  <T> Future<T> run(String name, Supplier<Future<T>> work) {
    Context caller = vertx.getOrCreateContext();
    Promise<T> ended = Promise.promise();
    Optional<Future<?>> before;
    synchronized (this) {
      before = Optional.ofNullable(last.put(name, ended.future()));
    }
    before.ifPresentOrElse(
        there -> there.onComplete(any -> caller.runOnContext(now -> run(name, work, ended))),
        () -> run(name, work, ended));
    return ended.future();
  }

  private <T> void run(String name, Supplier<Future<T>> work, Promise<T> ended) {
    begin(work)
        .onComplete(
            outcome -> {
              forget(name, ended.future());
              ended.handle(outcome);
            });
  }

  private static <T> Future<T> begin(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private synchronized void forget(String name, Future<?> ended) {
    last.remove(name, ended);
  }
}
