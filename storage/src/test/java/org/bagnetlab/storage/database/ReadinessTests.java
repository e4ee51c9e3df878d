package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.bagnetlab.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writing thread that is busy is ready, and one that hangs is not. */
@Timeout(60)
class ReadinessTests {

  @TempDir private Path folder = Path.of("");

  @Test
  void aBackupIsNoTrouble() throws Exception {
    Path pipe = folder.resolve("backup.zip");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (Database database = Database.open(folder.resolve("lab"))) {
      // It takes until somebody reads it.
      CompletableFuture<Void> backup = database.backUpTo(pipe);
      Optional<String> busy = Optional.of("a backup is being written");
      try {
        while (!database.answersWrites().join().equals(busy)) {
          Thread.onSpinWait();
        }
        assertThat(database.answersWrites()).isCompletedWithValue(busy);
      } finally {
        assertThat(Files.readAllBytes(pipe)).isNotEmpty();
      }
      backup.join();
      assertThat(database.answersWrites().join()).isNotEqualTo(busy);
    }
  }

  @Test
  void aThreadThatHangsIs() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Database database = Database.open(folder.resolve("lab"))) {
      // A database that hangs is not closed: it waits for what has begun, whatever fails here.
      try {
        CompletableFuture<Boolean> hanging =
            database.write(
                tables -> {
                  begun.countDown();
                  return await(end);
                });
        begun.await();
        assertThatExceptionOfType(CompletionException.class)
            .isThrownBy(() -> database.answersWrites().join())
            .havingCause()
            .isInstanceOf(StorageException.class)
            .withMessage("Nothing is stored: the database has not answered for 5 seconds.");
        end.countDown();
        assertThat(hanging.join()).isTrue();
        assertThat(database.answersWrites()).succeedsWithin(Duration.ofMinutes(1));
      } finally {
        end.countDown();
      }
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
