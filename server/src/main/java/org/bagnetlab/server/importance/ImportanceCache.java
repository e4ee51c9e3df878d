package org.bagnetlab.server.importance;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.queue.sweep.SweepOutcomes;

/** Computes importances one after the other, and once for equal outcomes. */
public final class ImportanceCache {

  private static final int SWEEPS = 50;

  /** Number of minutes after which Vert.x logs a warning. */
  private static final long WARN_AFTER_MINUTES = 5;

  private final Vertx vertx;
  private final WorkerExecutor thread;
  private final AsyncCache<SweepOutcomes, SweepImportance> computed =
      Caffeine.newBuilder().maximumSize(SWEEPS).buildAsync();

  /** Creates an empty cache. */
  public ImportanceCache(Vertx vertx) {
    this.vertx = vertx;
    this.thread =
        vertx.createSharedWorkerExecutor("importance", 1, WARN_AFTER_MINUTES, TimeUnit.MINUTES);
  }

  /** Which settings matter, given these outcomes. */
  public Future<SweepImportance> of(SweepOutcomes outcomes) {
    return Futures.of(
        vertx,
        computed.get(
            outcomes,
            (unused, executor) ->
                thread
                    .executeBlocking(() -> SweepImportance.of(outcomes))
                    .toCompletionStage()
                    .toCompletableFuture()));
  }
}
