package org.bagnetlab.server.cli;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.DataDirectoryInUse;
import org.bagnetlab.storage.Database;
import org.bagnetlab.storage.DatabaseStart;
import org.bagnetlab.storage.Recovery;

/** Removes what queued jobs may need from a data directory that no server uses. */
final class OfflineRemoval {

  private OfflineRemoval() {}

  /** Runs a removal that looks into the database first. */
  static void run(DataOption data, Function<Database, CompletableFuture<Void>> removal)
      throws IOException {
    try (DataDirectory directory = DataDirectory.open(data.directory());
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      removal.apply(database).join();
    } catch (DataDirectoryInUse e) {
      throw new Failure("%s Name it with --server URL.".formatted(e.getMessage()));
    } catch (CompletionException e) {
      throw new Failure(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }
}
