package org.bagnetlab.storage.database;

import java.nio.file.Path;

/** Has a database open until its stdin ends. */
final class DatabaseHoldingProcess {

  private DatabaseHoldingProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (Database database = Database.open(Path.of(arguments[0]))) {
      System.out.println("open " + database.read(tables -> tables.jobs().counts().size()).join());
      System.in.read();
    }
  }
}
