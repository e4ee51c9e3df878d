package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.forecast.Completion;
import org.bagnetlab.queue.forecast.Outlook;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.SmallCatalogue;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.storage.cost.CostRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which the jobs are listed is the order in which they really start. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(120)
class ExecutionOrderTests {

  private static final int JOBS = 12;
  private static final String TRAINING =
      "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"seed\":%d%s}";

  @TempDir private Path root = Path.of("");

  private final AtomicReference<Optional<String>> gate =
      new AtomicReference<>(Optional.of("closed"));

  /** One whose jobs wait until the gate is opened. */
  private Lab closedLab(String behaviour) throws IOException {
    return new Lab(
        root,
        behaviour,
        Lab.PATIENT,
        Lab.Setup.standard()
            .withGates(vertx -> List.of(slot -> Future.succeededFuture(gate.get()))));
  }

  private static JobPage listed(Lab lab) {
    return Lab.result(lab.queue.list(JobFilter.none(), JobOrder.EXECUTION, 1000, 0));
  }

  private static QueuePlace place(JobPage page, long id) {
    return Objects.requireNonNull(page.places().get(id));
  }

  private static List<Long> ids(JobPage page) {
    return page.jobs().stream().map(Job::id).toList();
  }

  /** Trainings alone and of a held sweep, and measurements that wait for some of them. */
  private static List<Long> submit(Lab lab, Random random) throws IOException {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      if (i > 0 && random.nextInt(3) == 0) {
        long run = ids.get(random.nextInt(ids.size()));
        if (Lab.result(lab.queue.find(run)).spec().kind().equals("train")) {
          ids.add(lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run)).id());
          continue;
        }
      }
      String sweep = random.nextInt(5) == 0 ? ",\"sweep\":\"held\"" : "";
      ids.add(lab.submit(TRAINING.formatted(i + 1, sweep)).id());
    }
    return ids;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void jobsStartInTheOrderInWhichTheyAreListed(long seed) throws Exception {
    Random random = new Random(seed);
    try (Lab lab = closedLab("train")) {
      List<Long> ids = submit(lab, random);
      if (lab.database.read(tables -> tables.sweeps().find("held")).join().isPresent()) {
        Lab.result(lab.queue.sweeps().hold("held"));
      }
      for (int i = 0; i < 2 * JOBS; i++) {
        long id = ids.get(random.nextInt(JOBS));
        Lab.result(lab.queue.move(id, move(random, ids)));
      }
      long paused = ids.get(random.nextInt(JOBS));
      Lab.result(lab.queue.pause(paused));

      JobPage before = listed(lab);
      List<Long> expected = ids(before).stream().filter(before.places()::containsKey).toList();
      assertThat(ids(before)).startsWith(expected.toArray(Long[]::new)).endsWith(paused);
      assertThat(expected)
          .extracting(id -> place(before, id).position())
          .isEqualTo(IntStream.rangeClosed(1, expected.size()).mapToObj(OptionalInt::of).toList());
      for (int offset = 0; offset < JOBS; offset++) {
        assertThat(ids(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.EXECUTION, 1, offset))))
            .containsExactly(ids(before).get(offset));
      }

      gate.set(Optional.empty());
      lab.submit(TRAINING.formatted(99, ",\"priority\":-1000"));
      lab.await(JOBS + 1, JobState.Name.RUNNING);
      assertThat(started(lab)).startsWith(expected.toArray(Long[]::new));
      assertThat(started(lab)).hasSize(expected.size() + 1);
    }
  }

  private static List<Long> started(Lab lab) {
    return lab.heard.stream()
        .filter(QueueEvent.JobChanged.class::isInstance)
        .map(event -> ((QueueEvent.JobChanged) event).job())
        .filter(job -> job.state() instanceof JobState.Running)
        .map(Job::id)
        .distinct()
        .toList();
  }

  private static Move move(Random random, List<Long> ids) {
    return switch (random.nextInt(5)) {
      case 0 -> new Move.First();
      case 1 -> new Move.Last();
      case 2 -> new Move.After(ids.get(random.nextInt(JOBS)));
      case 3 -> new Move.Before(ids.get(random.nextInt(JOBS)));
      default -> new Move.Priority(random.nextInt(3) - 1);
    };
  }

  @Test
  void jobsStartWhenThoseBeforeThemWillHaveEnded() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(lab.submit(TRAINING.formatted(1, "")).id(), JobState.Name.SUCCEEDED);
      double seconds = lab.cost(1).orElseThrow().deviceSeconds();
      lab.nextWorkers("obey");
      long running = lab.submit(TRAINING.formatted(2, "")).id();
      lab.awaitProgress(running);
      long next = lab.submit(TRAINING.formatted(3, "")).id();
      long longer = lab.submit(TRAINING.formatted(4, ",\"epochs\":6")).id();
      long other = lab.submit(TRAINING.formatted(5, ",\"batchSize\":3")).id();
      long last = lab.submit(TRAINING.formatted(6, "")).id();
      JobPage page = listed(lab);
      assertThat(ids(page)).containsExactly(running, next, longer, other, last, 1L);
      double left = page.jobs().getFirst().progress().orElseThrow().secondsLeft();
      Instant start = place(page, next).start().orElseThrow();
      assertThat(start)
          .isCloseTo(
              Instant.now().plus(Duration.ofMillis((long) (1000 * left))),
              within(5, ChronoUnit.SECONDS));
      assertThat(place(page, longer).start().orElseThrow())
          .isEqualTo(start.plusMillis(Math.round(1000 * seconds)));
      assertThat(place(page, next).end()).isEqualTo(place(page, longer).start());
      // None as long as it has run, but one of another length.
      int epochs =
          Lab.result(lab.queue.find(next)).spec().find(TrainExperiment.EPOCHS).orElseThrow();
      assertThat(place(page, other).start()).isEqualTo(place(page, longer).end());
      assertThat(place(page, longer).end().orElseThrow())
          .isCloseTo(
              start.plusMillis(Math.round(1000 * seconds * (1 + 6.0 / epochs))),
              within(2, ChronoUnit.MILLIS));
      // None of its size has run.
      assertThat(place(page, other).end()).isEmpty();
      assertThat(place(page, last))
          .isEqualTo(
              new QueuePlace(
                  OptionalInt.of(4), Optional.empty(), Optional.empty(), Optional.of(other)));
    }
  }

  @Test
  void otherNetworksTellHowLongOneThatHasNotRunMayTake() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(lab.submit(TRAINING.formatted(1, "")).id(), JobState.Name.SUCCEEDED);
      double seconds = lab.cost(1).orElseThrow().deviceSeconds();
      lab.nextWorkers("obey");
      long running = lab.submit(TRAINING.formatted(2, "")).id();
      lab.awaitProgress(running);
      String other = TRAINING.replace("bagnet33", "resnet50");
      long unlike = lab.submit(other.formatted(1, ",\"batchSize\":3")).id();
      QueuePlace unknown = place(listed(lab), unlike);
      assertThat(unknown.end()).isEmpty();
      Outlook before = Lab.result(lab.queue.outlook());
      assertThat(before.queue()).isEqualTo(new Completion(Optional.empty(), Optional.of(unlike)));
      Lab.result(lab.queue.cancel(unlike));

      long next = lab.submit(other.formatted(1, ",\"sweep\":\"night\"")).id();
      JobPage page = listed(lab);
      QueuePlace place = place(page, next);
      double left = page.jobs().getFirst().progress().orElseThrow().secondsLeft();
      // Between that of the one that succeeded and that of the running one.
      Duration whole = Duration.between(place.start().orElseThrow(), place.end().orElseThrow());
      assertThat(whole)
          .isBetween(Duration.ofMillis(Math.round(500 * (seconds + left))), Duration.ofSeconds(60));
      Outlook outlook = Lab.result(lab.queue.outlook());
      assertThat(outlook.queue().end().orElseThrow())
          .isCloseTo(place.end().orElseThrow(), within(5, ChronoUnit.SECONDS));
      assertThat(outlook.sweeps().keySet()).containsExactly("night");
      assertThat(outlook.sweeps().get("night")).isEqualTo(outlook.queue());
      Lab.result(lab.queue.sweeps().hold("night"));
      assertThat(Lab.result(lab.queue.outlook()).sweeps()).isEmpty();
    }
  }

  @Test
  void aJobThatWaitsForAPausedOneDoesNotHideWhenTheOthersEnd() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(lab.submit(TRAINING.formatted(1, "")).id(), JobState.Name.SUCCEEDED);
      lab.nextWorkers("obey");
      long paused = lab.submit(TRAINING.formatted(2, "")).id();
      lab.awaitProgress(paused);
      lab.submit("{\"kind\":\"heatmap\",\"run\":%d}".formatted(paused));
      Lab.result(lab.queue.pause(paused));
      lab.await(paused, JobState.Name.PAUSED);
      lab.awaitProgress(lab.submit(TRAINING.formatted(3, "")).id());
      assertThat(Lab.result(lab.queue.outlook()).queue().end()).isPresent();
    }
  }

  @Test
  void aRunningJobThatTakesLongerThanExpectedIsNotAboutToEnd() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(lab.submit(TRAINING.formatted(1, "")).id(), JobState.Name.SUCCEEDED);
      // Long enough for what workers need to start not to matter.
      CostRow cost =
          new CostRow(
              1,
              Instant.now(),
              1000,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      lab.database
          .write(
              tables -> {
                tables.costs().put(cost);
                return cost;
              })
          .join();
      lab.nextWorkers("obey");
      long id = lab.submit(TRAINING.formatted(2, "")).id();
      lab.await(id, JobState.Name.RUNNING);
      Job running = silent(Lab.result(lab.queue.find(id)));
      Instant start = StateFacts.of(running.state()).startedAt().orElseThrow();
      Duration all = left(lab, List.of(), id, start).orElseThrow();
      Duration half = all.dividedBy(2);
      assertThat(left(lab, List.of(running), id, start.plus(half)).orElseThrow())
          .isCloseTo(all.minus(half), Duration.ofSeconds(10));
      assertThat(left(lab, List.of(running), id, start.plus(all).plusSeconds(10))).isEmpty();
    }
  }

  /** The job before its worker has said anything. */
  private static Job silent(Job job) {
    return new Job(
        job.id(),
        job.spec(),
        job.title(),
        job.sweep(),
        job.state(),
        job.createdAt(),
        job.queuePosition(),
        Optional.empty(),
        job.worker(),
        job.reproduces(),
        job.origin());
  }

  private static Optional<Duration> left(Lab lab, List<Job> working, long job, Instant now) {
    return lab.database.write(tables -> new LikeJobs(tables, working, now).left(job)).join();
  }

  @Test
  void allShareAnOutlookUntilAJobChangesOrForSomeSeconds() throws Exception {
    try (Lab lab = closedLab("train")) {
      lab.submit(TRAINING.formatted(1, ",\"sweep\":\"night\""));
      Future<Outlook> asked = lab.queue.outlook();
      Future<Outlook> askedAgain = lab.queue.outlook();
      Outlook first = Lab.result(asked);
      assertThat(Lab.result(askedAgain)).isSameAs(first);
      lab.passTime(Duration.ofSeconds(4));
      assertThat(Lab.result(lab.queue.outlook())).isNotSameAs(first);
      Lab.result(lab.queue.sweeps().hold("night"));
      assertThat(Lab.result(lab.queue.outlook()).sweeps()).isEmpty();
    }
  }

  @Test
  void theNewestJobsAreReadOnceForAllWhoseLikeHaveNotRun() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(lab.submit(TRAINING.formatted(1, "")).id(), JobState.Name.SUCCEEDED);
      JobSpec other = spec(",\"epochs\":3");
      JobSpec longer = spec(",\"epochs\":6");
      List<Optional<LikeJobs.Estimate>> guesses =
          lab.database
              .write(
                  tables -> {
                    LikeJobs likeJobs = new LikeJobs(tables, List.of(), Instant.now());
                    Optional<LikeJobs.Estimate> first = likeJobs.whole(other, Optional.empty());
                    tables.jobs().delete(1);
                    return List.of(first, likeJobs.whole(longer, Optional.empty()));
                  })
              .join();
      assertThat(guesses)
          .allSatisfy(
              guess ->
                  assertThat(guess.orElseThrow().judgedBy())
                      .isEqualTo(LikeJobs.Basis.OTHER_NETWORKS));
    }
  }

  /** A training of a network that has not run. */
  private static JobSpec spec(String settings) throws IOException {
    String training = TRAINING.replace("bagnet33", "resnet50").formatted(1, settings);
    return new JobSpecReader(new SmallCatalogue()).read(Json.MAPPER.readTree(training)).spec();
  }

  @Test
  void aRunningJobTellsHowLongOthersLikeItWillTake() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long running = lab.submit(TRAINING.formatted(1, "")).id();
      lab.awaitProgress(running);
      long next = lab.submit(TRAINING.formatted(2, "")).id();
      long last = lab.submit(TRAINING.formatted(3, "")).id();
      JobPage page = listed(lab);
      double left = page.jobs().getFirst().progress().orElseThrow().secondsLeft();
      QueuePlace place = place(page, next);
      Duration whole = Duration.between(place.start().orElseThrow(), place.end().orElseThrow());
      assertThat(whole).isGreaterThanOrEqualTo(Duration.ofMillis(Math.round(1000 * left)));
      assertThat(place(page, last).start()).isEqualTo(place.end());
      assertThat(Lab.result(lab.queue.place(last)).orElseThrow().position()).hasValue(2);
      assertThat(Lab.result(lab.queue.place(running))).isEmpty();
    }
  }

  @Test
  void movedJobsStandTogetherInTheirOrder() throws Exception {
    try (Lab lab = closedLab("train")) {
      for (int seed = 1; seed <= 6; seed++) {
        lab.submit(TRAINING.formatted(seed, seed > 4 ? ",\"priority\":-1" : ""));
      }
      assertThat(moved(lab, List.of(2L, 1L), new Move.After(3)))
          .containsExactly(3L, 2L, 1L, 4L, 5L, 6L);
      assertThat(moved(lab, List.of(3L, 4L), new Move.After(6)))
          .containsExactly(2L, 1L, 5L, 6L, 3L, 4L);
      assertThat(moved(lab, List.of(5L, 4L), new Move.Before(1)))
          .containsExactly(2L, 5L, 4L, 1L, 6L, 3L);
      assertThat(moved(lab, List.of(1L, 4L), new Move.First()))
          .containsExactly(1L, 4L, 2L, 5L, 6L, 3L);
      assertThat(moved(lab, List.of(6L), new Move.Last())).containsExactly(1L, 4L, 2L, 5L, 3L, 6L);
    }
  }

  private static List<Long> moved(Lab lab, List<Long> jobs, Move move) {
    Lab.result(lab.queue.change(jobs, new JobChange.Place(move)));
    return ids(listed(lab));
  }

  @Test
  void endedJobsAreListedByTheirEnd() throws Exception {
    try (Lab lab = closedLab("train")) {
      List<Long> ids = List.of(lab.submit().id(), lab.submit().id(), lab.submit().id());
      for (int i : new int[] {1, 2, 0}) {
        Lab.result(lab.queue.cancel(ids.get(i)));
      }
      assertThat(ids(listed(lab))).containsExactly(ids.get(0), ids.get(2), ids.get(1));
    }
  }
}
