package org.bagnetlab.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** H2 gives a database up when its file fails, as on a full disk; the lab must not. */
@Timeout(60)
class BrokenFileTests {

  @TempDir private Path directory = Path.of("");

  @Test
  void aDatabaseWhoseFileFailedIsOpenedAnew() {
    try (Database database = Database.open(directory.resolve("lab"))) {
      long kept = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
      // An interrupted thread closes the file under H2 (h2database#227), as a full disk makes it
      // fail.
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(
              () ->
                  database
                      .write(
                          tables -> {
                            Thread.currentThread().interrupt();
                            long id = 0;
                            for (int i = 0; i < 1000; i++) {
                              id = tables.jobs().insert(Samples.training("a".repeat(200)));
                            }
                            return id;
                          })
                      .join());
      long after = database.write(tables -> tables.jobs().insert(Samples.training("b"))).join();
      assertThat(database.read(tables -> tables.jobs().find(kept)).join()).isPresent();
      assertThat(database.read(tables -> tables.jobs().find(after)).join()).isPresent();
    }
  }
}
