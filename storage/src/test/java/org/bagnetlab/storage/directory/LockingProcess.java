package org.bagnetlab.storage.directory;

import java.nio.file.Path;

/** Owns a data directory until its stdin ends. */
final class LockingProcess {

  private LockingProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]))) {
      System.out.println(directory.root());
      System.in.read();
    }
  }
}
