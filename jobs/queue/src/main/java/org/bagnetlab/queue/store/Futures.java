package org.bagnetlab.queue.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Brings what storage promises onto the caller's event loop. */
public final class Futures {

  private Futures() {}

  /** The same outcome, on the caller's context and with the failure itself as the cause. */
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
