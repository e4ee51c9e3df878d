package org.bagnetlab.queue.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Moves the results of storage operations to the caller's event loop. */
public final class Futures {

  private Futures() {}

  /** A future on the caller's context with the stage's result, or its original exception. */
  public static <T> Future<T> of(Vertx vertx, CompletableFuture<T> stage) {
    return Future.fromCompletionStage(stage, vertx.getOrCreateContext())
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure));
  }
}
