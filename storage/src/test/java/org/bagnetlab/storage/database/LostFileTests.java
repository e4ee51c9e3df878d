package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose file is removed or replaced while it is open. */
@Timeout(120)
class LostFileTests {

  @TempDir private Path root = Path.of("");

  private Path folder() {
    return root.resolve("database");
  }

  private Path file() {
    return folder().resolve("bagnetlab");
  }

  private Path store() {
    return DatabaseFiles.store(file());
  }

  private Database open() throws IOException {
    Files.createDirectories(folder());
    return Database.open(file());
  }

  private static long add(Database database) {
    return database
        .writeThrough(tables -> tables.jobs().insert(Samples.training("a")), id -> {})
        .join();
  }

  private List<Path> rescued() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(each -> each.toString().contains("-rescued-")).toList();
    }
  }

  private DatabaseInspection inspected(Path copy) throws IOException {
    Path looked = root.resolve("looked");
    Files.copy(copy, DatabaseFiles.store(looked));
    DatabaseInspection found = DatabaseInspection.inPlace(looked);
    Files.delete(DatabaseFiles.store(looked));
    return found;
  }

  private void assertKept(long jobs) throws IOException {
    assertThat(rescued()).hasSize(1);
    DatabaseInspection found = inspected(rescued().get(0));
    assertThat(found.damage()).isEmpty();
    assertThat(found.rows()).containsEntry("JOBS", jobs);
  }

  private static void assertNotReady(Database database, String... words) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> database.answersWrites().join())
        .havingCause()
        .isInstanceOf(StorageException.class)
        .withMessageContaining("was removed or replaced while the server runs")
        .withMessageContainingAll(words)
        .withMessageNotContaining("Exception:");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsStoredIsKeptBesideIt(boolean replaced) throws Exception {
    try (Database database = open()) {
      add(database);
      assertThat(database.answersWrites()).succeedsWithin(Duration.ofMinutes(1));
      Files.delete(store());
      if (replaced) {
        Files.writeString(store(), "another", StandardCharsets.UTF_8);
      }
      assertNotReady(database, "kept as " + folder(), "start again");
      assertKept(1);
      // A client that was told of it later must find it, too.
      add(database);
    }
    assertKept(2);
    if (replaced) {
      assertThat(store()).hasContent("another");
    }
  }

  @Test
  void whatIsKeptIsTheLabOnceItIsPutInPlace() throws Exception {
    Path mark = root.resolve("high-water-mark");
    String before;
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      add(database);
      Files.delete(store());
      before = Files.readString(mark);
      assertNotReady(database, "kept as " + folder());
      var _ = addTransition(database);
      // The copy may lack what came last. It must not be refused for that.
      assertThat(mark).hasContent(before.strip());
    }
    try (DataDirectory directory = DataDirectory.open(root)) {
      assertThatExceptionOfType(DatabaseRefused.class)
          .isThrownBy(() -> DatabaseStart.open(directory, Recovery.REFUSE))
          .withMessageContaining("which kept it as " + rescued().get(0).toRealPath() + ".");
    }
    Files.move(rescued().get(0), store());
    try (DataDirectory directory = DataDirectory.open(root);
        Database database = DatabaseStart.open(directory, Recovery.REFUSE)) {
      assertThat(database.read(tables -> tables.jobs().numbers()).join()).hasSize(2);
    }
  }

  private static long addTransition(Database database) {
    return database.writeThrough(DatabaseStartTests::insert, id -> {}).join();
  }

  @Test
  void itsDirectoryMayBeGoneToo() throws Exception {
    try (Database database = open()) {
      add(database);
      FileTree.delete(folder());
      assertNotReady(database, "kept as");
      assertKept(1);
    }
  }

  /** What H2 still has would be gone. */
  @Test
  void whatIsOpenIsKeptBeforeItIsClosedForAnError() throws Exception {
    try (Database database = open()) {
      add(database);
      Files.delete(store());
      assertNotReady(database, "kept as");
      add(database);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> database.read(LostFileTests::fail).join());
      assertKept(2);
      assertNotReady(database, "kept as");
    }
    assertKept(2);
  }

  /** A reader may close the file as soon as a write is reported. */
  @Test
  void whatIsBeingReportedIsKeptToo() throws Exception {
    try (Database database = open()) {
      add(database);
      Files.delete(store());
      assertNotReady(database, "kept as");
      database
          .writeThrough(
              tables -> tables.jobs().insert(Samples.training("a")),
              id ->
                  assertThatExceptionOfType(CompletionException.class)
                      .isThrownBy(() -> database.read(LostFileTests::fail).join()))
          .join();
      assertKept(2);
    }
  }

  private static int fail(Tables tables) {
    throw new ConnectionException(
        new SQLException(
            "%d jobs cannot be read".formatted(tables.jobs().numbers().size()),
            "",
            ErrorCode.IO_EXCEPTION_1));
  }

  @Test
  void aFileThatIsPutBackIsUsed() throws Exception {
    try (Database database = open()) {
      add(database);
      Path away = Files.move(store(), root.resolve("away"));
      assertNotReady(database, "kept as");
      var _ = Files.move(away, store());
      assertThat(database.answersWrites()).succeedsWithin(Duration.ofMinutes(1));
    }
  }

  private Object key() throws IOException {
    return Files.readAttributes(store(), BasicFileAttributes.class).fileKey();
  }

  private static void grow(Database database) {
    for (int job = 0; job < 200; job++) {
      add(database);
    }
  }

  @Test
  void aCompactedFileIsTheSameDatabase() throws Exception {
    try (Database database = open()) {
      Object before = key();
      grow(database);
      database.compacted().join();
      assertThat(key()).isNotEqualTo(before);
      assertThat(database.answersWrites()).succeedsWithin(Duration.ofMinutes(1));
      assertThat(rescued()).isEmpty();
      Files.delete(store());
      assertNotReady(database, "kept as");
      assertKept(200);
    }
  }

  @Test
  void soIsOneThatCannotBeOpenedAtOnce() throws Exception {
    Files.createDirectories(folder());
    AtomicInteger opened = new AtomicInteger();
    try (Database database =
        Database.open(
            file(),
            Optional.empty(),
            file -> {
              if (opened.getAndIncrement() == 0) {
                throw new StorageException("a backup program has it open");
              }
              return Connections.to(file);
            })) {
      Object before = key();
      grow(database);
      database.compacted().join();
      assertThat(key()).isNotEqualTo(before);
      assertThat(opened).hasValue(1);
      assertThat(database.answersWrites()).succeedsWithin(Duration.ofMinutes(1));
      assertThat(opened).hasValue(2);
      assertThat(rescued()).isEmpty();
    }
  }
}
