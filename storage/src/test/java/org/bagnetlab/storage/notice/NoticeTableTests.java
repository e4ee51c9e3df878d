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

/** Every failure is reported once. */
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

  @Test
  void theTimeOfTheLastDailyMessageIsKept() {
    assertThat(daily()).isEmpty();
    daily(Optional.of(Samples.NOON));
    assertThat(daily()).contains(Samples.NOON);
    // What else was reported is kept.
    assertThat(failures()).isEmpty();
    daily(Optional.empty());
    assertThat(daily()).isEmpty();
  }

  private Optional<Instant> daily() {
    return write(tables -> tables.notices().daily());
  }

  private void daily(Optional<Instant> at) {
    write(
        tables -> {
          tables.notices().daily(at);
          return job;
        });
  }

  private static final String RECIPIENT = "0".repeat(64);

  private static DeliveryRow delivery(String id, String recipient, Instant at) {
    return new DeliveryRow(id, recipient, "needs-help", "{}", at);
  }

  private Optional<DeliveryRow> next() {
    return write(tables -> tables.notices().next(RECIPIENT));
  }

  private long pending() {
    return write(tables -> tables.notices().pending(RECIPIENT));
  }

  @Test
  void aRecipientHasItsNoticesInOrderUntilTheyAreRemoved() {
    DeliveryRow first = delivery("b", RECIPIENT, Samples.NOON);
    DeliveryRow second = delivery("a", RECIPIENT, Samples.NOON.plusSeconds(1));
    write(
        tables -> {
          tables.notices().insert(second);
          tables.notices().insert(first);
          tables.notices().insert(delivery("c", "1".repeat(64), Samples.NOON));
          return job;
        });
    assertThat(pending()).isEqualTo(2);
    assertThat(next()).contains(first);
    int accepted = write(tables -> tables.notices().remove("b"));
    assertThat(accepted).isEqualTo(1);
    assertThat(next()).contains(second);
    int others = write(tables -> tables.notices().removeExcept(List.of(RECIPIENT)));
    assertThat(others).isEqualTo(1);
    assertThat(next()).contains(second);
    int all = write(tables -> tables.notices().removeExcept(List.of()));
    assertThat(all).isEqualTo(1);
    assertThat(next()).isEmpty();
    assertThat(pending()).isZero();
  }
}
