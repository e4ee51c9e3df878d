package org.bagnetlab.storage.database;

import java.nio.file.Path;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Commits as many jobs as it is told, and an epoch of the first job after each, one by one, and
 * stops like a process that is killed.
 */
final class CommittingProcess {

  private CommittingProcess() {}

  public static void main(String[] arguments) {
    Database database = Database.open(Path.of(arguments[0]));
    int rows = Integer.parseInt(arguments[1]);
    for (int i = 0; i < rows; i++) {
      int epoch = i;
      database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
      database
          .write(
              tables -> {
                tables.runs().put(1, new EpochRow(epoch, 0.1, 1, 0.5, 1, 0.5, true, 1));
                return epoch;
              })
          .join();
    }
    Runtime.getRuntime().halt(9);
  }
}
