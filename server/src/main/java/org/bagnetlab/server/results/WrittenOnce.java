package org.bagnetlab.server.results;

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
 * Texts that are written from what is stored about jobs that succeeded and from data sets: each
 * once until one of these changes, however many ask for it, also at the same time.
 */
final class WrittenOnce {

  /** Of all texts in memory, in bytes. */
  private static final long REMEMBERED = 32L << 20;

  /** Of what is asked for and its place in memory, in bytes, beside each text. */
  private static final int BESIDE = 2048;

  /** A stored file that was lost may be there again, and nobody tells. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * What is asked for, and of which state of the lab.
   *
   * @param revision of the database
   * @param files state of what is imported
   */
  private record Key(long revision, Object files, Object asked) {}

  private final Vertx vertx;
  private final Database database;
  private final Callable<Object> files;

  /** That of what is imported; keys of one state share it, for it is large. */
  private volatile Object state = "";

  /** Failures are values: the cache would log them, and most are the asker's mistakes. */
  private final AsyncCache<Key, AsyncResult<WrittenText>> texts =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED)
          .weigher((Key key, AsyncResult<WrittenText> text) -> bytes(text))
          .expireAfterWrite(LONGEST)
          .buildAsync();

  /**
   * Keeps what is written about a lab.
   *
   * @param files equal to an earlier one as long as what views read outside the database is the
   *     same; blocks
   */
  WrittenOnce(Vertx vertx, Database database, Callable<Object> files) {
    this.vertx = vertx;
    this.database = database;
    this.files = files;
  }

  /** With what is added when somebody asks for it compressed, to less than a half. */
  private static int bytes(AsyncResult<WrittenText> text) {
    return BESIDE + (text.succeeded() ? text.result().plain().length() / 2 * 3 : 0);
  }

  /**
   * What was written before, or is being written, or is written now.
   *
   * @param asked equal to what is asked for by the same text
   * @param writing reads what is stored after it is called
   */
  Future<WrittenText> of(Object asked, Supplier<Future<WrittenText>> writing) {
    // Before anything is read: what changes meanwhile makes another revision.
    long revision = database.revision();
    return vertx
        .executeBlocking(this::state, false)
        .transform(
            read ->
                read.succeeded()
                    ? of(new Key(revision, read.result(), asked), writing)
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
                // Only this attempt: another may have begun since.
                texts.asMap().remove(key, entry);
              }
              return text.succeeded()
                  ? Future.succeededFuture(text.result())
                  : Future.failedFuture(text.cause());
            });
  }
}
