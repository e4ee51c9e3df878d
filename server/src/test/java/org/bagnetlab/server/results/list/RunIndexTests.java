package org.bagnetlab.server.results.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs are read once and kept, also where several read at once. */
@Timeout(120)
class RunIndexTests {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final int ROUNDS = 200;
  private static final int READERS = 3;

  @TempDir Path directory;

  private final RunIndex known = new RunIndex(new Networks(Published.read()));

  private static long succeeded(Tables tables) {
    return succeeded(tables, SimulatedRuns.spec("bagnet9", "controlled-15", 1));
  }

  /** A training that has just succeeded. */
  static long succeeded(Tables tables, TrainSpec spec) {
    long job =
        tables
            .jobs()
            .insert(
                JobRows.row(
                    JobRequest.of(spec, "a training", Optional.empty()),
                    false,
                    Optional.empty(),
                    NOON));
    tables.jobs().update(job, SimulatedRuns.SUCCEEDED);
    return job;
  }

  /** Trainings that the list has not, though they had succeeded before it was read. */
  private List<Long> missing(Tables tables) {
    List<Long> missing = new ArrayList<>(tables.runs().listedNumbers());
    known.all(tables).forEach(run -> missing.remove(Long.valueOf(run.id())));
    return missing;
  }

  @Test
  void aRunThatEndsWhileOthersReadIsMissingFromNoLaterList() {
    try (Database database = Database.open(directory.resolve("test"))) {
      for (int round = 0; round < ROUNDS; round++) {
        CompletableFuture<Long> written = database.write(RunIndexTests::succeeded);
        List<CompletableFuture<List<Long>>> read = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
          read.add(database.read(this::missing));
        }
        written.join();
        for (CompletableFuture<List<Long>> missing : read) {
          assertThat(missing.join()).isEmpty();
        }
      }
    }
  }
}
