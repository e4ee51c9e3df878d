package org.bagnetlab.storage.database;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.storage.Samples;

/**
 * Commits jobs and compacts in turn, says what is stored, and stops after some milliseconds like a
 * process that is killed.
 */
final class CompactingProcess {

  private CompactingProcess() {}

  public static void main(String[] arguments) {
    Database database = Database.open(Path.of(arguments[0]));
    store(database);
    var _ =
        CompletableFuture.runAsync(
            () -> Runtime.getRuntime().halt(9),
            CompletableFuture.delayedExecutor(Long.parseLong(arguments[1]), TimeUnit.MILLISECONDS));
    while (true) {
      for (int i = 0; i < 5; i++) {
        store(database);
      }
      database.compacted().join();
    }
  }

  private static void store(Database database) {
    System.out.println(
        "stored "
            + database
                .writeThrough(tables -> tables.jobs().insert(Samples.training("a")), id -> {})
                .join());
  }
}
