package org.bagnetlab.storage;

import java.nio.file.Path;

/** Commits as many jobs as it is told, one by one, and stops like a process that is killed. */
final class CommittingProcess {

  private CommittingProcess() {}

  public static void main(String[] arguments) {
    Database database = Database.open(Path.of(arguments[0]));
    int rows = Integer.parseInt(arguments[1]);
    for (int i = 0; i < rows; i++) {
      database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    }
    Runtime.getRuntime().halt(9);
  }
}
