package org.bagnetlab.queue.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;

/** Removes data from the disk that jobs may need. */
@FunctionalInterface
public interface Removal {

  /**
   * Moves the data away at once, so that it is no longer found.
   *
   * @return deletes the files when closed, which may take long
   */
  Closeable takeOut() throws IOException;

  /**
   * Removes data unless a job needs it. It is moved away on the database's writing thread, so that
   * no job is queued during the check; its files are deleted afterwards on another thread.
   *
   * @param refusal throws if a job needs it
   * @return completes when the files are deleted; fails with the refusal's exception, or an {@link
   *     UncheckedIOException} with the removal's message
   */
  static CompletableFuture<Void> run(Database database, Consumer<Tables> refusal, Removal removal) {
    return database
        .write(
            tables -> {
              refusal.accept(tables);
              try {
                return removal.takeOut();
              } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
              }
            })
        .thenAcceptAsync(Removal::delete);
  }

  private static void delete(Closeable taken) {
    try {
      taken.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
