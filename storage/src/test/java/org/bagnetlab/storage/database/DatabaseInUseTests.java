package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.nio.file.Path;
import org.bagnetlab.storage.JavaProcess;
import org.bagnetlab.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One program at a time has a database open. */
@Timeout(60)
class DatabaseInUseTests {

  @TempDir Path directory;

  @Test
  void saysThatAnotherProgramHasTheDatabase() throws Exception {
    Path file = directory.resolve("database").resolve("lab");
    Process holder = JavaProcess.start(DatabaseHoldingProcess.class, file.toString());
    try (BufferedReader output = holder.inputReader()) {
      String line = "";
      while (!line.startsWith("open ")) {
        line = String.valueOf(output.readLine());
      }
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> Database.open(file))
          .withMessageContaining("is open in another program");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    Database.open(file).close();
  }
}
