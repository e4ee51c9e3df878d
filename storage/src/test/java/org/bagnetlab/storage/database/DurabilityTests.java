package org.bagnetlab.storage.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bagnetlab.storage.JavaProcess;
import org.bagnetlab.storage.Samples;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is there, whatever happened to the process; and it is told in order. */
class DurabilityTests {

  @TempDir Path directory;

  @Test
  void everyCommittedRowSurvivesAHaltedProcess() throws Exception {
    Path file = directory.resolve("test");
    commitAndHalt(file, 200);
    assertJobs(file, 200);
  }

  /**
   * Then there are holes in the file, which the next process writes into. H2 2.5.252 lost what it
   * had written there.
   */
  @Test
  void soDoTheRowsOfProcessAfterProcess() throws Exception {
    Path file = directory.resolve("test");
    try (Database database = Database.open(file)) {
      database.read(tables -> tables.jobs().counts()).join();
    }
    // Holes are otherwise left alone for 45 seconds.
    Jdbi.create("jdbc:h2:file:" + file, "sa", "")
        .useHandle(handle -> handle.execute("SET RETENTION_TIME 0"));
    int jobs = 0;
    for (int round = 1; round <= 8; round++) {
      commitAndHalt(file, 3 * round);
      jobs += 3 * round;
      if (round % 4 == 0) {
        assertJobs(file, jobs);
        jobs++;
      }
    }
  }

  private static void commitAndHalt(Path file, int rows) throws Exception {
    Process process =
        JavaProcess.start(CommittingProcess.class, file.toString(), Integer.toString(rows));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(9);
  }

  private static void assertJobs(Path file, long jobs) {
    try (Database database = Database.open(file)) {
      assertThat(database.read(tables -> tables.jobs().counts()).join())
          .containsEntry("QUEUED", jobs);
      // Numbers go on without a gap.
      assertThat(database.write(tables -> tables.jobs().insert(Samples.training("a"))).join())
          .isEqualTo(jobs + 1);
    }
  }

  /** Each write asks for the next before it ends, so that there is always one that waits. */
  @Test
  void whoWroteIsToldThoughOthersKeepWriting() {
    try (Database database = Database.open(directory.resolve("test"))) {
      AtomicInteger writes = new AtomicInteger();
      CompletableFuture<Integer> first = new CompletableFuture<>();
      writeOn(database, writes, first);
      assertThat(first.join()).isLessThan(60);
    }
  }

  private static void writeOn(
      Database database, AtomicInteger writes, CompletableFuture<Integer> first) {
    var _ =
        database.writeThrough(
            tables -> {
              if (!first.isDone() && writes.incrementAndGet() < 1000) {
                writeOn(database, writes, first);
              }
              long begun = System.nanoTime();
              while (System.nanoTime() - begun < 2_000_000) {
                Thread.onSpinWait();
              }
              return true;
            },
            told -> first.complete(writes.get()));
  }

  @Test
  void commitsAreToldInTheirOrder() {
    List<Integer> told = new ArrayList<>();
    try (Database database = Database.open(directory.resolve("test"))) {
      CompletableFuture<?>[] writes =
          IntStream.range(0, 100)
              .mapToObj(
                  number ->
                      number % 10 == 0
                          ? database.writeThrough(tables -> number, told::add)
                          : database.write(tables -> number, told::add))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(writes).join();
    }
    assertThat(told).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void aCommittedChangeIsToldEvenIfTheDiskDoesNotTakeItNow() {
    Path file = directory.resolve("test");
    List<Long> told = new ArrayList<>();
    try (Database database = Database.open(file)) {
      // Only an administrator may synchronise, so that this is all that fails.
      Jdbi.create("jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(file), "sa", "")
          .useHandle(
              handle -> {
                handle.execute("GRANT ALL ON SCHEMA PUBLIC TO SA");
                handle.execute("ALTER USER SA ADMIN FALSE");
              });
      long id =
          database
              .writeThrough(tables -> tables.jobs().insert(Samples.training("a")), told::add)
              .join();
      assertThat(told).containsExactly(id);
      assertThat(database.read(tables -> tables.jobs().counts()).join()).hasSize(1);
    }
  }

  @Test
  void aFailedChangeIsUndoneAndNotTold() {
    List<Long> told = new ArrayList<>();
    try (Database database = Database.open(directory.resolve("test"))) {
      assertThat(
              database.<Long>write(
                  tables -> {
                    tables.jobs().insert(Samples.training("a"));
                    throw new IllegalStateException("no");
                  },
                  told::add))
          .failsWithin(Duration.ofSeconds(10));
      assertThat(database.read(tables -> tables.jobs().counts()).join()).isEmpty();
    }
    assertThat(told).isEmpty();
  }
}
