package org.bagnetlab.storage.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.TransitionRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everybody is told of every failure once. */
@Timeout(60)
class NoticeTableTests {

  private final Database database;
  private long job;

  NoticeTableTests(@TempDir Path file) {
    database = Database.open(file.resolve("test"));
  }

  @BeforeEach
  void insert() {
    job = write(tables -> tables.jobs().insert(Samples.training("a")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private <T> T write(Function<Tables, T> change) {
    return database.write(change).join();
  }

  private List<FailureRow> failures() {
    return write(tables -> tables.notices().newFailures());
  }

  private List<DeliveryRow> due(Instant now) {
    return write(tables -> tables.notices().due(now, List.of(), 9));
  }

  private Optional<Instant> nextDue(Instant now) {
    return write(tables -> tables.notices().nextDue(now));
  }

  private void changed(String from, String to) {
    write(
        tables -> {
          tables
              .jobs()
              .insert(
                  job,
                  new TransitionRow(Samples.NOON, Optional.of(from), to, Samples.cause("error")));
          return job;
        });
  }

  @Test
  void whoSubmittedAnInteractiveJobSeesItsFailure() {
    NewJob training = Samples.training("a");
    job =
        write(
            tables ->
                tables
                    .jobs()
                    .insert(
                        new NewJob(
                            training.kind(),
                            training.spec(),
                            training.title(),
                            training.sweep(),
                            training.dataset(),
                            training.weights(),
                            training.subject(),
                            training.priority(),
                            training.held(),
                            training.waitsFor(),
                            training.lastEpoch(),
                            true,
                            training.createdAt(),
                            training.state())));
    changed("QUEUED", "FAILED");
    assertThat(failures()).isEmpty();
  }

  @Test
  void aFailureIsNewOnce() {
    changed("QUEUED", "RUNNING");
    changed("RUNNING", "FAILED");
    assertThat(failures())
        .containsExactly(
            new FailureRow(
                job,
                "a training",
                Optional.of("demo"),
                Samples.NOON,
                Samples.cause("error"),
                Optional.empty()));
    assertThat(failures()).isEmpty();
    // Something that was noted about a failed job is no failure.
    changed("FAILED", "FAILED");
    assertThat(failures()).isEmpty();
    changed("FAILED", "QUEUED");
    changed("QUEUED", "FAILED");
    assertThat(failures()).hasSize(1);
  }

  @Test
  void deletingJobsMakesNoOldFailureNew() {
    changed("RUNNING", "FAILED");
    assertThat(failures()).hasSize(1);
    write(
        tables -> {
          tables.jobs().delete(job);
          return job;
        });
    assertThat(failures()).isEmpty();
    job = write(tables -> tables.jobs().insert(Samples.training("b")));
    changed("RUNNING", "FAILED");
    assertThat(failures()).hasSize(1);
  }

  private static DeliveryRow delivery(String id, Instant due) {
    return new DeliveryRow(id, "0".repeat(64), "needs-help", "{}", Samples.NOON, 0, due);
  }

  @Test
  void whatIsSentInVainIsDueLater() {
    Instant later = Samples.NOON.plusSeconds(60);
    write(
        tables -> {
          tables.notices().insert(delivery("a", Samples.NOON));
          tables.notices().insert(delivery("b", Samples.NOON.plusSeconds(1)));
          tables.notices().postpone("a", 1, later);
          return job;
        });
    assertThat(due(Samples.NOON)).isEmpty();
    assertThat(nextDue(Samples.NOON)).contains(Samples.NOON.plusSeconds(1));
    assertThat(due(later)).extracting(DeliveryRow::id).containsExactly("b", "a");
    List<DeliveryRow> ofOthers =
        write(tables -> tables.notices().due(later, List.of("0".repeat(64)), 9));
    assertThat(ofOthers).isEmpty();
    write(
        tables -> {
          tables.notices().remove("a");
          tables.notices().remove("b");
          return job;
        });
    assertThat(nextDue(Samples.NOON)).isEmpty();
    long pending = write(tables -> tables.notices().pending("0".repeat(64)));
    assertThat(pending).isZero();
  }
}
