package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.bagnetlab.storage.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose file is removed or replaced while it is open. */
@Timeout(60)
class LostFileTests {

  @TempDir private Path folder = Path.of("");

  private Path file() {
    return folder.resolve("lab");
  }

  private static long store(Database database) {
    return database
        .writeThrough(tables -> tables.jobs().insert(Samples.training("a")), id -> {})
        .join();
  }

  private List<Path> rescued() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().contains("-rescued-")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsStoredIsKeptBesideIt(boolean replaced) throws Exception {
    try (Database database = Database.open(file())) {
      store(database);
      assertThat(database.answersWrites().join()).isPositive();
      Files.delete(DatabaseFiles.store(file()));
      if (replaced) {
        Files.writeString(DatabaseFiles.store(file()), "another", StandardCharsets.UTF_8);
      }
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> database.answersWrites().join())
          .withMessageContaining("was removed or replaced while the server runs");
      assertThat(rescued()).hasSize(1);
      // A client that was told of it later must find it, too.
      store(database);
    }
    Path copy = folder.resolve(rescued().get(0).getFileName().toString().replace(".mv.db", ""));
    assertThat(DatabaseInspection.inPlace(copy).damage()).isEmpty();
    assertThat(DatabaseInspection.inPlace(copy).rows()).containsEntry("JOBS", 2L);
    if (replaced) {
      assertThat(DatabaseFiles.store(file())).hasContent("another");
    }
  }

  @Test
  void aCompactedFileIsTheSameDatabase() throws Exception {
    try (Database database = Database.open(file())) {
      for (int job = 0; job < 200; job++) {
        store(database);
      }
      database.compacted().join();
      assertThat(database.answersWrites().join()).isPositive();
      assertThat(rescued()).isEmpty();
    }
  }
}
