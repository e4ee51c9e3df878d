package org.bagnetlab.storage.database;

import java.nio.file.Path;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.run.EpochRow;

/**
 * Stores jobs with epochs, deletes all of them in one transaction, and stops like a process that is
 * killed before that is committed.
 */
final class DeletingProcess {

  private DeletingProcess() {}

  public static void main(String[] arguments) {
    int jobs = Integer.parseInt(arguments[1]);
    int epochs = Integer.parseInt(arguments[2]);
    Database database = Database.open(Path.of(arguments[0]));
    database
        .write(
            tables -> {
              for (int job = 0; job < jobs; job++) {
                long id = tables.jobs().insert(Samples.training("a"));
                for (int epoch = 1; epoch <= epochs; epoch++) {
                  tables.runs().put(id, new EpochRow(epoch, 1e-3, 1, 0.5, 1, 0.5, false, 1));
                }
              }
              return jobs;
            })
        .join();
    database
        .write(
            tables -> {
              for (long id : tables.jobs().numbers()) {
                tables.jobs().delete(id);
              }
              Runtime.getRuntime().halt(9);
              return jobs;
            })
        .join();
  }
}
