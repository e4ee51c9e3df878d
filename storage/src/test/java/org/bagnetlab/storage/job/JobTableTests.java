package org.bagnetlab.storage.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs are found again as they were stored. */
class JobTableTests {

  @TempDir Path directory;
  Database database;

  @BeforeEach
  void open() {
    database = Database.open(directory.resolve("test"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void findsWhatWasStored() {
    long id = database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    JobRow job = database.read(tables -> tables.jobs().find(id)).join().orElseThrow();
    assertThat(job.id()).isEqualTo(id);
    assertThat(job.title()).isEqualTo("a training");
    assertThat(job.sweep()).contains("demo");
    assertThat(job.createdAt()).isEqualTo(Samples.NOON);
    assertThat(job.state().name()).isEqualTo("QUEUED");
    assertThat(job.state().startedAt()).isEmpty();
    assertThat(job.worker()).isEmpty();
  }

  @Test
  void findsAJobByTheLabThatRanIt() {
    OriginRow origin = new OriginRow("another-lab", 7);
    assertThat(database.read(tables -> tables.jobs().imported(origin)).join()).isEmpty();
    long id = database.write(tables -> tables.jobs().reserve()).join();
    database
        .write(
            tables -> {
              tables.jobs().insert(Samples.imported(id));
              return id;
            })
        .join();
    assertThat(database.read(tables -> tables.jobs().imported(origin)).join()).contains(id);
    JobRow job = database.read(tables -> tables.jobs().find(id)).join().orElseThrow();
    assertThat(job.origin()).contains(origin);
    assertThat(job.state().name()).isEqualTo("SUCCEEDED");
    assertThat(job.state().endedAt()).contains(Samples.NOON.plusSeconds(5));
    assertThat(
            database
                .read(tables -> tables.runs().succeededTrainings(Optional.of("scene15")))
                .join())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.originLab()).contains("another-lab");
              assertThat(run.code()).contains("c0de");
            });
  }

  @Test
  void aTrainingOfAnotherLabIsNotTheSameTraining() {
    long here = database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    long id = database.write(tables -> tables.jobs().reserve()).join();
    database
        .write(
            tables -> {
              tables.jobs().insert(Samples.imported(id));
              return id;
            })
        .join();
    assertThat(database.read(tables -> tables.jobs().ofSpec("{\"kind\":\"train\"}")).join())
        .extracting(JobRow::id)
        .containsExactly(here);
  }

  @Test
  void givesAReservedIdToNoOtherJob() {
    long reserved = database.write(tables -> tables.jobs().reserve()).join();
    long next = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    assertThat(next).isEqualTo(reserved + 1);
    assertThat(database.read(tables -> tables.jobs().find(reserved)).join()).isEmpty();
    database.close();
    database = Database.open(directory.resolve("test"));
    database
        .write(
            tables -> {
              tables.jobs().insert(Samples.imported(reserved));
              return reserved;
            })
        .join();
    assertThat(database.write(tables -> tables.jobs().insert(Samples.training("a"))).join())
        .isEqualTo(next + 1);
    assertThat(database.read(tables -> tables.jobs().find(next)).join().orElseThrow().origin())
        .isEmpty();
  }

  @Test
  void findsTheJobsThatStartFromWeights() {
    long id = database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    assertThat(needing("imagenet", "RUNNING", "QUEUED")).containsExactly(id);
    assertThat(needing("imagenet", "RUNNING")).isEmpty();
    assertThat(needing("others", "QUEUED")).isEmpty();
  }

  @Test
  void findsTheJobsThatReadADataSet() {
    long id = database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    assertThat(reading("scene15", "RUNNING", "QUEUED")).containsExactly(id);
    assertThat(reading("scene15", "RUNNING")).isEmpty();
    assertThat(reading("others", "QUEUED")).isEmpty();
  }

  @Test
  void countsTheJobsThatReadADataSetAndListsSome() {
    for (int i = 0; i < 3; i++) {
      database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    }
    long ended = database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    database
        .write(
            tables -> {
              tables.jobs().insert(Samples.training("others"));
              tables.jobs().update(ended, Samples.state("SUCCEEDED"));
              return ended;
            })
        .join();
    List<String> open = List.of("QUEUED", "RUNNING");
    assertThat(database.read(tables -> tables.readers().count("scene15", open)).join())
        .isEqualTo(new ReaderCounts(4, 4, 3));
    assertThat(database.read(tables -> tables.readers().count("none", open)).join())
        .isEqualTo(new ReaderCounts(0, 0, 0));
    assertThat(database.read(tables -> tables.readers().newest("scene15", open, 2)).join())
        .extracting(ReaderRow::id)
        .containsExactly(ended - 1, ended - 2);
    assertThat(database.read(tables -> tables.readers().newestOthers("scene15", open, 2)).join())
        .extracting(ReaderRow::id)
        .containsExactly(ended);
    assertThat(
            database
                .read(tables -> tables.readers().newestOthers("scene15", List.of("SUCCEEDED"), 2))
                .join())
        .extracting(ReaderRow::id)
        .containsExactly(ended - 1, ended - 2);
  }

  private List<Long> reading(String dataset, String... states) {
    return database
        .read(tables -> tables.readers().oldest(dataset, List.of(states), 9))
        .join()
        .stream()
        .map(JobRow::id)
        .toList();
  }

  private List<Long> needing(String weights, String... states) {
    return database.read(tables -> tables.jobs().needing(weights, List.of(states))).join().stream()
        .map(JobRow::id)
        .toList();
  }

  @Test
  void storesStatesAndTheirHistory() {
    long id = database.write(tables -> tables.jobs().insert(Samples.training("scene15"))).join();
    TransitionRow submitted =
        new TransitionRow(Samples.NOON, Optional.empty(), "QUEUED", Samples.cause("submitted"));
    TransitionRow ended =
        new TransitionRow(
            Samples.NOON, Optional.of("QUEUED"), "CANCELLED", Samples.cause("cancelled"));
    database
        .writeThrough(
            tables -> {
              tables.jobs().insert(id, submitted);
              tables.jobs().update(id, Samples.state("CANCELLED"));
              tables.jobs().insert(id, ended);
              return id;
            },
            job -> {})
        .join();
    assertThat(database.read(tables -> tables.jobs().find(id)).join().orElseThrow().state())
        .isEqualTo(Samples.state("CANCELLED"));
    assertThat(database.read(tables -> tables.jobs().transitions(id)).join())
        .containsExactly(submitted, ended);
  }

  @Test
  void listsTheNewestFirstAndServesTheOldestFirst() {
    long first = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    for (int i = 1; i < 5; i++) {
      database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    }
    assertThat(
            database
                .read(tables -> tables.jobs().newest(Optional.empty(), Optional.empty(), 2, 1))
                .join())
        .extracting(JobRow::id)
        .containsExactly(first + 3, first + 2);
    assertThat(database.read(tables -> tables.jobs().oldest("QUEUED", 1)).join())
        .extracting(JobRow::id)
        .containsExactly(first);
    // A job that is queued again stands at the end.
    database
        .write(
            tables -> {
              tables.jobs().queued(first, Samples.NOON.plusSeconds(1));
              return first;
            })
        .join();
    assertThat(database.read(tables -> tables.jobs().oldest("QUEUED", 9)).join())
        .extracting(JobRow::id)
        .containsExactly(first + 1, first + 2, first + 3, first + 4, first);
    assertThat(database.read(tables -> tables.jobs().counts()).join())
        .isEqualTo(Map.of("QUEUED", 5L));
  }

  @Test
  void listsQueuedJobsInTheirOrderAndJobsByKind() {
    long first = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    long second = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    long third = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    long ended = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    database
        .write(
            tables -> {
              tables.jobs().prioritise(third, 1);
              tables.jobs().place(second, .5);
              tables.jobs().update(ended, Samples.state("SUCCEEDED"));
              return ended;
            })
        .join();
    assertThat(database.read(tables -> tables.jobs().queued(Optional.empty(), 9, 0)).join())
        .extracting(JobRow::id)
        .containsExactly(third, second, first);
    assertThat(database.read(tables -> tables.jobs().queued(Optional.of("train"), 1, 1)).join())
        .extracting(JobRow::id)
        .containsExactly(second);
    assertThat(database.read(tables -> tables.jobs().queued(Optional.of("heatmap"), 9, 0)).join())
        .isEmpty();
    Optional<String> succeeded = Optional.of("SUCCEEDED");
    assertThat(
            database
                .read(tables -> tables.jobs().newest(succeeded, Optional.of("train"), 9, 0))
                .join())
        .extracting(JobRow::id)
        .containsExactly(ended);
    assertThat(
            database
                .read(tables -> tables.jobs().newest(succeeded, Optional.of("evaluate"), 9, 0))
                .join())
        .isEmpty();
    assertThat(database.read(tables -> tables.jobs().count("train", Optional.empty())).join())
        .isEqualTo(4);
    assertThat(database.read(tables -> tables.jobs().count("train", succeeded)).join())
        .isEqualTo(1);
  }

  @Test
  void deletingAJobLeavesNothing() {
    long id = database.write(tables -> tables.jobs().insert(Samples.training("a"))).join();
    database
        .write(
            tables -> {
              tables.runs().put(id, new EpochRow(1, 1e-3, 2, .1, 2, .1, true, 3));
              tables.results().put(Samples.accuracy(id, "test", .5, 10));
              tables.jobs().delete(id);
              return id;
            })
        .join();
    assertThat(database.read(tables -> tables.jobs().find(id)).join()).isEmpty();
    assertThat(database.read(tables -> tables.runs().epochs(id)).join()).isEmpty();
    assertThat(database.read(tables -> tables.results().ofJob(id)).join()).isEmpty();
  }
}
