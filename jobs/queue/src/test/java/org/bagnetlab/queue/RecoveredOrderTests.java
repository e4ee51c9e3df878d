package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.storage.job.WorkerRow;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the order of a queue and whichever jobs ran when the server was killed: these are the
 * first of their priority afterwards, at once, and otherwise all keep their order.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(60)
class RecoveredOrderTests {

  private static final int JOBS = 8;

  @TempDir private Path root = Path.of("");

  /** One whose jobs wait, so that their order can be looked at. */
  private Lab closedLab() throws IOException {
    return new Lab(
        root,
        "obey",
        Lab.PATIENT,
        Lab.Setup.standard()
            .withGates(vertx -> List.of(slot -> Future.succeededFuture(Optional.of("closed")))));
  }

  private static List<Job> queued(Lab lab) {
    return Lab.result(
            lab.queue.list(
                new JobFilter(Optional.of(JobState.Name.QUEUED), Optional.empty()),
                JobOrder.NEWEST,
                10 * JOBS,
                0))
        .jobs();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void jobsKeepTheirPlace(long seed) throws Exception {
    Random random = new Random(seed);
    List<Job> before;
    Set<Long> ran;
    try (Lab lab = closedLab()) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        ids.add(lab.submit().id());
      }
      for (int i = 0; i < 2 * JOBS; i++) {
        long id = ids.get(random.nextInt(JOBS));
        Lab.result(lab.queue.move(id, move(random)));
      }
      before = queued(lab);
      ran = ids.stream().filter(id -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }
    try (DirectState state = new DirectState(root)) {
      for (long id : ran) {
        state.running(id, new WorkerRow(id, 1, "0", "an earlier boot"));
      }
    }
    List<Long> expected =
        before.stream()
            .sorted(
                Comparator.comparing((Job job) -> -job.queuePosition().priority())
                    .thenComparing(job -> !ran.contains(job.id())))
            .map(Job::id)
            .toList();
    try (Lab lab = closedLab()) {
      assertThat(queued(lab)).extracting(Job::id).isEqualTo(expected);
    }
  }

  private static Move move(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Move.First();
      case 1 -> new Move.Last();
      default -> new Move.Priority(random.nextInt(3) - 1);
    };
  }
}
