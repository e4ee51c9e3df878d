package org.bagnetlab.storage.database;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bagnetlab.storage.Samples;

/**
 * Stores jobs while its files may not grow, beside readers, until many writes have failed; then
 * waits for a line, after which they may grow, and stores one more.
 */
final class FailingProcess {

  private static final int FAILURES = 200;
  private static final int READERS = 3;
  private static final int STEP = 20;

  private FailingProcess() {}

  public static void main(String[] arguments) throws Exception {
    Database database = Database.open(Path.of(arguments[0]));
    for (int reader = 0; reader < READERS; reader++) {
      Thread thread = new Thread(() -> read(database), "reader");
      thread.setDaemon(true);
      thread.start();
    }
    System.out.println("open");
    int stored = 0;
    for (int failed = 0; failed < FAILURES; failed++) {
      if (stores(database)) {
        stored++;
        failed--;
      } else if (stores(database, refusedAfter(STEP * failed))) {
        throw new AssertionError("What was refused is stored");
      }
    }
    System.out.println("failed");
    var _ = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    System.out.println(stores(database) ? "stored again" : "not stored");
    int found = database.read(tables -> tables.jobs().numbers()).get(10, TimeUnit.SECONDS).size();
    System.out.printf("%d acknowledged, %d found%n", stored + 1, found);
    database.close();
  }

  private static void read(Database database) {
    while (true) {
      try {
        var _ = database.read(tables -> tables.jobs().counts()).join();
      } catch (CompletionException e) {
        // The file is not always there.
      }
    }
  }

  /**
   * A change that is refused after so many jobs: H2 has written some of them by then, so that the
   * file may fail during the rollback, too.
   */
  private static Function<Tables, Long> refusedAfter(int jobs) {
    return tables -> {
      for (int job = 0; job < jobs; job++) {
        var _ = tables.jobs().insert(Samples.training("a"));
      }
      throw new IllegalStateException("refused");
    };
  }

  private static boolean stores(Database database) {
    return stores(database, tables -> tables.jobs().insert(Samples.training("a")));
  }

  /** Whether jobs were stored. A write that is not answered ends this process. */
  private static boolean stores(Database database, Function<Tables, Long> change) {
    try {
      var _ = database.write(change).orTimeout(10, TimeUnit.SECONDS).join();
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        System.out.println("no answer");
        System.exit(3);
      }
      return false;
    }
  }
}
