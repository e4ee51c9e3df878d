package org.bagnetlab.server.results.view;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.server.json.WrittenText;
import org.bagnetlab.storage.database.Database;

/**
 * Caches the text of views. Views depend on succeeded jobs and on data sets. Until one of these
 * changes, a view is computed only once, even if many clients request it at the same time.
 */
final class ViewCache {

  /** Maximum total size of cached texts, in bytes. */
  private static final long MAXIMUM_BYTES = 32L << 20;

  /** Estimated size of a key and its entry, in bytes. */
  private static final int OVERHEAD_BYTES = 2048;

  /**
   * Maximum age of a cached text. It is limited because a lost file may be restored without an
   * event that invalidates views.
   */
  private static final Duration MAXIMUM_AGE = Duration.ofMinutes(1);

  /**
   * A requested view for one state of the lab.
   *
   * @param revision revision of the database
   * @param files state of the data sets and weights
   * @param view identifies the view
   */
  private record Key(long revision, Object files, Object view) {}

  private final Vertx vertx;
  private final Database database;
  private final Callable<Object> files;

  /** The state of the data sets and weights. Shared by all keys because it is large. */
  private volatile Object state = "";

  /**
   * The cached texts. Failures are stored as values, since the cache would log exceptions, and most
   * failures are invalid requests.
   */
  private final AsyncCache<Key, AsyncResult<WrittenText>> texts =
      Caffeine.newBuilder()
          .maximumWeight(MAXIMUM_BYTES)
          .weigher((Key key, AsyncResult<WrittenText> text) -> bytes(text))
          .expireAfterWrite(MAXIMUM_AGE)
          .buildAsync();

  /**
   * Creates an empty cache.
   *
   * @param files returns the state of the files outside the database that views depend on; two
   *     states are equal if the files are equal. Blocks
   */
  ViewCache(Vertx vertx, Database database, Callable<Object> files) {
    this.vertx = vertx;
    this.database = database;
    this.files = files;
  }

  private static int bytes(AsyncResult<WrittenText> text) {
    return OVERHEAD_BYTES + (text.succeeded() ? text.result().plain().length() : 0);
  }

  /**
   * Returns the cached text, waits for a computation in progress, or computes the text.
   *
   * @param view identifies the view; views with equal identifiers have equal texts
   * @param writing computes the text from the data stored at the time of the call
   */
  Future<WrittenText> of(Object view, Supplier<Future<WrittenText>> writing) {
    // Read before the computation, so that a change during the computation leads to another
    // revision.
    long revision = database.revision();
    return vertx
        .executeBlocking(this::state, false)
        .transform(
            read ->
                read.succeeded()
                    ? of(new Key(revision, read.result(), view), writing)
                    : writing.get());
  }

  private Object state() throws Exception {
    Object known = state;
    Object now = files.call();
    if (now.equals(known)) {
      return known;
    }
    state = now;
    return now;
  }

  private Future<WrittenText> of(Key key, Supplier<Future<WrittenText>> writing) {
    CompletableFuture<AsyncResult<WrittenText>> entry =
        texts.get(
            key,
            (unused, executor) ->
                writing
                    .get()
                    .transform(Future::succeededFuture)
                    .toCompletionStage()
                    .toCompletableFuture());
    return Futures.of(vertx, entry)
        .compose(
            text -> {
              if (text.failed()) {
                // Removes only the entry of this attempt: another attempt may have started since.
                texts.asMap().remove(key, entry);
              }
              return text.succeeded()
                  ? Future.succeededFuture(text.result())
                  : Future.failedFuture(text.cause());
            });
  }
}
