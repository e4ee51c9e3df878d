package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.bagnetlab.storage.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** H2 gives a database up when its file fails, as on a full disk; the lab must not. */
@Timeout(60)
class BrokenFileTests {

  private static final String TRUSTED_MS = "com.zaxxer.hikari.aliveBypassWindowMs";

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

  /** As when a network disk is away for a while: its empty place must not become the lab. */
  @Test
  void aFileThatIsAwayIsNotBegunAnew(@TempDir Path root) throws Exception {
    Path file = root.resolve("lab");
    Path stored = root.resolve("lab.mv.db");
    Path away = root.resolve("away");
    try (Database database = Database.open(file)) {
      long kept = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(
              () ->
                  database
                      .write(
                          tables -> {
                            move(stored, away);
                            Thread.currentThread().interrupt();
                            return tables.jobs().insert(Samples.training("b"));
                          })
                      .join());
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> database.read(tables -> tables.jobs().find(kept)).join());
      assertThat(stored).doesNotExist();
      move(away, stored);
      assertThat(database.read(tables -> tables.jobs().find(kept)).join()).isPresent();
    }
  }

  /** Whoever asks waits less than a browser does, and the next asker finds it open again. */
  @Test
  void aFileThatFailedUnnoticedIsReportedSoon(@TempDir Path root) throws Exception {
    // Connections that were used half a second ago are tried before they are used again.
    System.setProperty(TRUSTED_MS, "0");
    Path stored = root.resolve("lab.mv.db");
    Path away = root.resolve("away");
    try (Database database = Database.open(root.resolve("lab"))) {
      long kept = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
      closeUnder(root.resolve("lab"));
      move(stored, away);
      CompletableFuture<?>[] many =
          Stream.generate(() -> database.read(tables -> tables.jobs().find(kept)))
              .limit(12)
              .toArray(CompletableFuture[]::new);
      assertThat(CompletableFuture.allOf(many)).failsWithin(Duration.ofSeconds(30));
      assertThat(many).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(stored).doesNotExist();
      move(away, stored);
      assertThat(database.read(tables -> tables.jobs().find(kept)))
          .succeedsWithin(Duration.ofSeconds(30));
    } finally {
      System.clearProperty(TRUSTED_MS);
    }
  }

  /** Closes a database at once for everyone, as H2 does when it cannot write. */
  private static void closeUnder(Path file) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> {
              try (HikariDataSource other = ConnectionPool.connect(file);
                  Connection connection = other.getConnection();
                  Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
              }
            })
        .withMessageContaining("already closed");
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
