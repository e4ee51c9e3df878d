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
 * Caches the text of views, which are computed from succeeded jobs and data sets. A view is
 * computed once until one of these changes, even if many clients request it at the same time.
 */
final class ViewCache {

  /** Maximum total size of cached texts, in bytes. */
  private static final long MAXIMUM_BYTES = 32L << 20;

  /** Estimated size of a key and its entry, in bytes. */
  private static final int OVERHEAD_BYTES = 2048;

  /** Maximum age of a text: a lost file may be restored without an event that invalidates views. */
  private static final Duration MAXIMUM_AGE = Duration.ofMinutes(1);

  /**
   * A requested view of one state of the lab.
   *
   * @param revision of the database
   * @param files state of the data sets
   * @param view identifies the view
   */
  private record Key(long revision, Object files, Object view) {}

  private final Vertx vertx;
  private final Database database;
  private final Callable<Object> files;

  /** State of the data sets. Shared by all keys because it is large. */
  private volatile Object state = "";

  /**
   * The texts. Failures are values: the cache would log exceptions, and most are invalid requests.
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
   * @param files returns the state of the files that views read outside the database; states are
   *     equal if the files are. Blocks
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
   * Returns the cached text, joins its computation if that is under way, or computes it.
   *
   * @param view identifies the view; equal for equal texts
   * @param writing computes the text from the data stored at the time of the call
   */
  Future<WrittenText> of(Object view, Supplier<Future<WrittenText>> writing) {
    // Read first: a change during the computation leads to another revision.
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
                // Removes only this attempt: another may have begun since.
                texts.asMap().remove(key, entry);
              }
              return text.succeeded()
                  ? Future.succeededFuture(text.result())
                  : Future.failedFuture(text.cause());
            });
  }
}
