package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bagnetlab.storage.JavaProcess;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The file of an open database stays small, and no compaction costs a row. */
@Timeout(300)
class CompactionTests {

  /** What is promised of the file at rest, against its contents packed as tightly as can be. */
  private static final long RATIO = 3;

  @TempDir Path temporary;

  private Path file() {
    return temporary.resolve("lab");
  }

  private long size() throws IOException {
    return Files.size(DatabaseFiles.store(file()));
  }

  private static long add(Database database, int epochs) {
    long id = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      EpochRow row = new EpochRow(epoch, 1e-3, 1, 0.5, 1, 0.5, true, 1);
      var _ =
          database
              .writeThrough(
                  tables -> {
                    tables.runs().put(id, row);
                    tables.jobs().update(id, Samples.state("RUNNING"));
                    return id;
                  },
                  done -> {})
              .join();
    }
    return id;
  }

  private long packed() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "")) {
      connection.createStatement().execute("SHUTDOWN COMPACT");
    }
    return size();
  }

  @Test
  void aFileAtRestIsAtMostThreeTimesItsContents() throws Exception {
    long grown;
    long rested;
    try (Database database = Database.open(file())) {
      for (int job = 0; job < 100; job++) {
        add(database, 3);
      }
      grown = size();
      database.compacted().join();
      rested = size();
      assertThat(database.read(tables -> tables.jobs().numbers()).join()).hasSize(100);
    }
    assertThat(grown).isGreaterThan(10 * rested);
    assertThat(rested).isLessThanOrEqualTo(Math.max(512 << 10, RATIO * packed()));
  }

  /** H2 stores each number of a row at once, and would store what else was changed with it. */
  @Test
  void whatOneTransactionChangesIsStoredOnce() throws Exception {
    try (Database database = Database.open(file())) {
      long before = size();
      var _ =
          database
              .write(
                  tables -> {
                    long last = 0;
                    while (last < 500) {
                      last = tables.jobs().insert(Samples.training("a"));
                    }
                    return last;
                  })
              .join();
      // It was 5 MB.
      assertThat(size() - before).isLessThan(1 << 20);
    }
  }

  @Test
  void aFileThatIsNotLeftAloneStaysBounded() throws Exception {
    String facts = "x".repeat(1 << 20);
    try (Database database =
        Database.open(
            file(), Optional.empty(), new Compaction(file(), 64 << 20), Connections::to)) {
      long id = add(database, 1);
      long largest = 0;
      // What is written again and again is 150 times as much as what there is.
      for (int write = 0; write < 150; write++) {
        store(database, id, facts);
        largest = Math.max(largest, size());
      }
      assertThat(largest).isGreaterThan(60 << 20).isLessThan(80 << 20);
      assertThat(database.read(tables -> tables.jobs().find(id)).join().orElseThrow().worker())
          .contains(facts);
    }
  }

  @Test
  void whoWritesMeanwhileDoesNotWaitAndOutdatesTheCopy() throws Exception {
    try (Database database = Database.open(file())) {
      long id = add(database, 1);
      rewrite(database, id, 50);
      long grown = size();
      CompletableFuture<?> outdated = database.compacted();
      long written = 0;
      while (!outdated.isDone()) {
        var _ = add(database, 1);
        written++;
      }
      outdated.join();
      assertThat(written).isGreaterThan(1);
      assertThat(size()).isGreaterThanOrEqualTo(grown);
      database.compacted().join();
      assertThat(size()).isLessThan(grown / 4);
      assertThat(database.read(tables -> tables.jobs().numbers()).join())
          .hasSize((int) written + 1);
    }
    assertThat(temporary).isDirectoryNotContaining("glob:**-{snapshot,compacted}*");
  }

  /** The copy that is being made is finished, or removed. */
  @Test
  void aDatabaseCanBeClosedAtAnyMomentOfACompaction() throws Exception {
    List<Path> made =
        List.of(
            temporary,
            DatabaseFiles.store(DatabaseFiles.snapshot(file())),
            DatabaseFiles.store(DatabaseFiles.compacted(file())));
    int underWay = 0;
    for (Path part : made) {
      try (Database database = Database.open(file())) {
        long id = add(database, 1);
        rewrite(database, id, 20);
        CompletableFuture<?> ended = database.compacted();
        while (!Files.exists(part) && !ended.isDone()) {
          Thread.onSpinWait();
        }
        underWay += ended.isDone() || part.equals(temporary) ? 0 : 1;
      }
      assertThat(size()).isLessThan(3 << 20);
      assertThat(temporary).isDirectoryNotContaining("glob:**-{snapshot,compacted}*");
    }
    assertThat(underWay).isPositive();
    try (Database database = Database.open(file())) {
      assertThat(database.read(tables -> tables.jobs().numbers()).join()).hasSize(made.size());
    }
  }

  /** Writes a megabyte so often, in the place of the one before. */
  private static void rewrite(Database database, long job, int times) {
    String facts = "x".repeat(1 << 20);
    for (int time = 0; time < times; time++) {
      store(database, job, facts);
    }
    store(database, job, "");
  }

  private static void store(Database database, long job, String facts) {
    var _ =
        database
            .write(
                tables -> {
                  tables.jobs().worker(job, facts, Optional.empty());
                  return job;
                })
            .join();
  }

  @Test
  void theFileKeepsItsOwnerPermissionsAndPlace() throws Exception {
    Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere")).resolve("large.mv.db");
    Database.open(file()).close();
    Path store = DatabaseFiles.store(file());
    Files.move(store, elsewhere);
    Files.createSymbolicLink(store, elsewhere);
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-r-----"));
    try (Database database = Database.open(file())) {
      for (int job = 0; job < 30; job++) {
        add(database, 3);
      }
      long grown = Files.size(elsewhere);
      database.compacted().join();
      assertThat(Files.size(elsewhere)).isLessThan(grown / 2);
    }
    assertThat(Files.isSymbolicLink(store)).isTrue();
    assertThat(Files.getPosixFilePermissions(elsewhere))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  /** Not the whole time: they wait while the file is replaced. */
  @Test
  void whoReadsMeanwhileIsAnsweredAndSeesWhatIsThere() throws Exception {
    Path snapshot = DatabaseFiles.store(DatabaseFiles.snapshot(file()));
    AtomicInteger meanwhile = new AtomicInteger();
    try (Database database = Database.open(file())) {
      for (int job = 0; job < 50; job++) {
        add(database, 2);
      }
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<?> reading =
          CompletableFuture.runAsync(
              () -> {
                while (!enough.get()) {
                  boolean begun = Files.exists(snapshot);
                  int listed =
                      database
                          .read(
                              tables ->
                                  tables.jobs().newest(Optional.empty(), Optional.empty(), 99, 0))
                          .join()
                          .size();
                  int counted = database.read(tables -> tables.jobs().numbers()).join().size();
                  assertThat(listed).isGreaterThanOrEqualTo(50).isLessThanOrEqualTo(counted);
                  if (begun && Files.exists(snapshot)) {
                    meanwhile.incrementAndGet();
                  }
                }
              });
      for (int round = 0; round < 20; round++) {
        add(database, 3);
        database.compacted().join();
      }
      enough.set(true);
      reading.join();
      assertThat(meanwhile).hasPositiveValue();
    }
  }

  /** The process is halted at any moment of a compaction or of what is written around it. */
  @Test
  void aHaltCostsNoRow() throws Exception {
    int jobs = 0;
    for (int round = 1; round <= 5; round++) {
      Process process =
          JavaProcess.start(
              CompactingProcess.class, file().toString(), Integer.toString(20 + 60 * round));
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isEqualTo(9);
      long told = output.lines().filter(line -> line.startsWith("stored ")).count();
      assertThat(DatabaseInspection.inPlace(file()).damage()).isEmpty();
      try (Database database = Database.open(file())) {
        int found = database.read(tables -> tables.jobs().numbers()).join().size();
        assertThat(found).as(output).isGreaterThanOrEqualTo((int) (jobs + told));
        jobs = found;
      }
    }
    assertThat(jobs).isGreaterThanOrEqualTo(5);
  }
}
