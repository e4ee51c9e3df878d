package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.SmallCatalogue;
import org.bagnetlab.queue.store.Piece;
import org.bagnetlab.queue.sweep.Pending;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.queue.sweep.SweepReader;
import org.bagnetlab.storage.sweep.SweepRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of many jobs let others write in between, and are there as a whole or not at all. */
@Timeout(300)
class LargeSweepTests {

  private static final int SOME = 5 * Piece.JOBS;

  /** So many that a test can act before the last piece. */
  private static final int MANY = 20 * Piece.JOBS;

  @TempDir private Path root = Path.of("");

  /** A training for each seed, the first of which is 1. */
  private static SweepPlan plan(String name, int seeds, String more) throws Exception {
    return plan(name, IntStream.rangeClosed(1, seeds), more);
  }

  private static SweepPlan plan(String name, IntStream seeds, String more) throws Exception {
    String numbers = seeds.mapToObj(String::valueOf).collect(Collectors.joining(","));
    String json =
        """
        {"name": "%s", "base": {"dataset": "scene15", "architecture": "bagnet33"},
         "grid": {"seed": [%s]} %s}
        """;
    return new SweepReader(new JobSpecReader(new SmallCatalogue()))
        .read(Json.MAPPER.readTree(json.formatted(name, numbers, more)));
  }

  private static Lab waiting(Path root) throws Exception {
    Lab lab = new Lab(root, "train", Lab.PATIENT);
    lab.closeGate("wait");
    return lab;
  }

  private static <T> T patient(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(250, TimeUnit.SECONDS).join();
  }

  private static long queued(Lab lab) {
    return Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 1, 0)).total();
  }

  /** Waits for the next job of a sweep that is being queued. */
  private static long awaitPiece(Lab lab) throws InterruptedException {
    return lab.await(
            QueueEvent.JobChanged.class, event -> event.job().sweep().equals(Optional.of("big")))
        .job()
        .id();
  }

  /** Later times would be guesses that cost queries: it is not said that they depend on a job. */
  @Test
  void startsAreTimedUpToTheThousandth() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      String training =
          "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"seed\":%d}";
      lab.await(lab.submit(training.formatted(8000)).id(), JobState.Name.SUCCEEDED);
      lab.nextWorkers("obey");
      lab.awaitProgress(lab.submit(training.formatted(8001)).id());
      List<Long> jobs = patient(lab.queue.sweeps().submit(plan("big", 1003, ""))).jobs();
      Map<Long, QueuePlace> places =
          patient(lab.queue.list(JobFilter.none(), JobOrder.EXECUTION, 2000, 0)).places();
      QueuePlace lastTimed = Objects.requireNonNull(places.get(jobs.get(999)));
      assertThat(lastTimed.end()).isPresent();
      QueuePlace first = Objects.requireNonNull(places.get(jobs.get(1000)));
      assertThat(first.start()).isEqualTo(lastTimed.end());
      assertThat(first.end()).isEmpty();
      assertThat(Objects.requireNonNull(places.get(jobs.get(1001))))
          .isEqualTo(
              new QueuePlace(
                  OptionalInt.of(1002), Optional.empty(), Optional.empty(), Optional.empty()));
      assertThat(patient(lab.queue.place(jobs.get(999)))).isPresent();
      assertThat(patient(lab.queue.place(jobs.get(1000)))).isEmpty();
    }
  }

  @Test
  void othersWriteWhileTenThousandJobsAreQueuedAndCancelled() throws Exception {
    try (Lab lab = waiting(root)) {
      long other =
          lab.submit(
                  """
                  {"kind":"train","architecture":"bagnet33","dataset":"scene15","seed":0}
                  """)
              .id();
      Future<Sweeps.Submitted> big =
          lab.queue
              .sweeps()
              .submit(plan("big", 5000, ", \"then\": [{\"kind\": \"heatmap\", \"stride\": 8}]"));
      assertThat(notesUntil(lab, other, big)).isGreaterThan(10);
      Sweeps.Submitted submitted = patient(big);
      assertThat(submitted.existing()).isFalse();
      assertThat(submitted.withoutResult()).isEmpty();
      assertThat(submitted.jobs()).hasSize(10_000).isSorted().doesNotHaveDuplicates();
      List<Job> jobs = patient(lab.queue.sweeps().jobs("big"));
      assertThat(jobs).extracting(Job::id).isEqualTo(submitted.jobs());
      assertThat(jobs.subList(9_998, 10_000))
          .extracting(job -> job.spec().kind())
          .containsExactly("train", "heatmap");
      Future<Sweeps.Stopped> cancelled = lab.queue.sweeps().cancel("big");
      assertThat(notesUntil(lab, other, cancelled)).isGreaterThan(10);
      Sweep sweep = patient(cancelled).sweep();
      assertThat(sweep.counts()).isEqualTo(Map.of("CANCELLED", 10_000L));
      assertThat(sweep.endedAt()).isPresent();
    }
  }

  /** How many notes were stored one after the other before something ended. */
  private static int notesUntil(Lab lab, long job, Future<?> end) {
    int notes = 0;
    while (!end.isComplete()) {
      var _ = Lab.result(lab.queue.annotate(job, note -> note));
      notes++;
    }
    return notes;
  }

  @Test
  void aSweepThatIsBeingQueuedIsNotShownAndStartsNothing() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      Future<Sweeps.Submitted> big = lab.queue.sweeps().submit(plan("big", SOME, ""));
      List<Sweep> shown = new ArrayList<>();
      while (!big.isComplete()) {
        List<Sweep> now = Lab.result(lab.queue.sweeps().all());
        if (!big.isComplete()) {
          shown.addAll(now);
        }
      }
      // It may have become whole just before its answer.
      assertThat(shown).allMatch(sweep -> jobs(sweep) == SOME);
      long first = Lab.result(big).jobs().get(0);
      lab.await(first, JobState.Name.SUCCEEDED);
      int started = firstHeard(lab, JobState.Name.RUNNING);
      assertThat(
              List.copyOf(lab.heard).subList(0, started).stream()
                  .filter(QueueEvent.SweepChanged.class::isInstance))
          .isNotEmpty();
      var _ = patient(lab.queue.sweeps().cancel("big"));
    }
  }

  @Test
  void aTrainingIsQueuedTogetherWithTheJobsAboutIt() throws Exception {
    try (Lab lab = waiting(root)) {
      String then =
          ", \"then\": [{\"kind\": \"evaluate\"}, {\"kind\": \"heatmap\", \"stride\": 8}]";
      Future<Sweeps.Submitted> big = lab.queue.sweeps().submit(plan("big", SOME, then));
      Set<Long> counts = new HashSet<>();
      while (!big.isComplete()) {
        counts.add(queued(lab));
      }
      assertThat(patient(big).jobs()).hasSize(3 * SOME);
      assertThat(counts).hasSizeGreaterThan(3).allMatch(count -> count % 3 == 0);
    }
  }

  private static long jobs(Sweep sweep) {
    return sweep.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  private static int firstHeard(Lab lab, JobState.Name state) {
    return IntStream.range(0, lab.heard.size())
        .filter(
            place ->
                lab.heard.get(place) instanceof QueueEvent.JobChanged changed
                    && changed.job().state().name() == state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoAsksForTheSameMeanwhileGetsTheSame() throws Exception {
    try (Lab lab = waiting(root)) {
      SweepPlan plan = plan("big", SOME, "");
      Future<Sweeps.Submitted> first = lab.queue.sweeps().submit(plan);
      Future<Sweeps.Submitted> second = lab.queue.sweeps().submit(plan("big", SOME, ""));
      Future<Sweeps.Submitted> other = lab.queue.sweeps().submit(plan("big", SOME + 1, ""));
      Future<Sweeps.Submitted> wider = lab.queue.sweeps().submit(plan("wider", SOME + 1, ""));
      Job joined =
          lab.submit(
              """
              {"kind":"train","architecture":"bagnet33","dataset":"scene15","seed":0,"sweep":"big"}
              """);
      assertThat(patient(second).existing()).isTrue();
      assertThat(patient(first).jobs()).hasSize(SOME);
      assertThat(patient(second).jobs()).containsAll(patient(first).jobs());
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> patient(other))
          .satisfies(Lab.refusal("sweep-taken"));
      assertThat(patient(wider).reused()).isEqualTo(patient(first).jobs());
      assertThat(patient(lab.queue.sweeps().find("big")).counts())
          .isEqualTo(Map.of("QUEUED", SOME + 1L));
      assertThat(joined.id()).isGreaterThan(patient(first).jobs().get(SOME - 1));
    }
  }

  @Test
  void whoAsksForTheSameAgainGetsWhatWasDeletedSince() throws Exception {
    try (Lab lab = waiting(root)) {
      SweepPlan plan = plan("big", SOME, ", \"then\": [{\"kind\": \"heatmap\", \"stride\": 8}]");
      List<Long> jobs = patient(lab.queue.sweeps().submit(plan)).jobs();
      var cancelled = patient(lab.queue.sweeps().cancel("big"));
      assertThat(cancelled.shared()).isEmpty();
      List<Long> deleted = jobs.subList(2 * SOME - 4, 2 * SOME);
      for (int last = deleted.size() - 1; last >= 0; last--) {
        var _ = patient(lab.queue.delete(deleted.get(last)));
      }
      Sweeps.Submitted again = patient(lab.queue.sweeps().submit(plan));
      assertThat(again.existing()).isTrue();
      assertThat(again.jobs()).hasSize(2 * SOME).doesNotContainAnyElementsOf(deleted);
      assertThat(again.withoutResult()).isEqualTo(jobs.subList(0, 2 * SOME - 4));
      assertThat(again.reused()).isEmpty();
    }
  }

  @Test
  void nothingStaysOfALargeSweepThatIsWrong() throws Exception {
    try (Lab lab = waiting(root)) {
      SweepPlan plan = plan("big", SOME, "");
      long reused = lab.submit().id();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> patient(lab.queue.sweeps().submit(wrong(plan))))
          .withCauseInstanceOf(InvalidSpec.class);
      assertThat(queued(lab)).isOne();
      assertThat(Lab.result(lab.queue.find(reused)).sweep()).isEmpty();
      assertThat(lab.database.read(tables -> tables.sweeps().all()).join()).isEmpty();
      assertThat(lab.database.read(tables -> tables.deletions().all()).join()).isEmpty();
      assertThat(patient(lab.queue.sweeps().submit(plan)).existing()).isFalse();
    }
  }

  @Test
  void whatHasStartedStaysWhenItsOwnSweepAndALargeOneThatSharesItGo() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long running = Lab.result(lab.queue.sweeps().submit(plan("small", 1, ""))).jobs().get(0);
      lab.await(running, JobState.Name.RUNNING);
      Future<Sweeps.Submitted> big = lab.queue.sweeps().submit(wrong(plan("big", 2 * SOME, "")));
      long first = awaitPiece(lab);
      assertThat(Lab.result(lab.queue.sweeps().cancel("small")).shared()).containsExactly(running);
      assertThat(Lab.result(lab.queue.find(running)).sweep()).contains("big");
      assertThat(big.isComplete()).isFalse();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> patient(big))
          .withCauseInstanceOf(InvalidSpec.class);
      Job left = Lab.result(lab.queue.find(running));
      assertThat(left.sweep()).isEmpty();
      assertThat(left.state())
          .isInstanceOfSatisfying(
              JobState.Running.class, state -> assertThat(state.cancelRequested()).isFalse());
      assertThat(queued(lab)).isOne();
      assertThat(first).isGreaterThan(running);
      var _ = Lab.result(lab.queue.cancel(running));
    }
  }

  /** A plan whose last job is refused. */
  private static SweepPlan wrong(SweepPlan plan) {
    return new SweepPlan(
        plan.name(),
        plan.definition(),
        false,
        3,
        Optional.empty(),
        Stream.concat(plan.jobs().stream(), Stream.of(unknownRun())).toList(),
        List.of());
  }

  private static JobRequest unknownRun() {
    return new JobSpecReader(new SmallCatalogue())
        .read(
            Json.MAPPER
                .createObjectNode()
                .put("kind", "evaluate")
                .put("run", 1_000_000)
                .put("sweep", "big"));
  }

  @Test
  void nothingStaysOfASweepThatAServerWasKilledIn() throws Exception {
    Path copy = Files.createDirectory(root.resolve("copy"));
    try (Lab lab = waiting(Files.createDirectory(root.resolve("lab")))) {
      // A job of no sweep, and jobs of another one, whose seeds the large sweep has, too.
      long alone = lab.submit().id();
      Sweeps.Submitted small = Lab.result(lab.queue.sweeps().submit(plan("small", 3, "")));
      Future<Sweeps.Submitted> big = lab.queue.sweeps().submit(plan("big", SOME, ""));
      var _ = awaitPiece(lab);
      assertThat(copy(lab, copy)).contains(Pending.SUBMISSION.name());
      assertThat(big.isComplete()).isFalse();
      assertThat(patient(big).reused()).isEqualTo(small.jobs()).contains(alone);
    }
    try (Lab lab = waiting(copy)) {
      assertThat(Lab.result(lab.queue.sweeps().all()))
          .extracting(Sweep::name)
          .containsExactly("small");
      assertThat(queued(lab)).isEqualTo(3);
      assertThat(jobs(Lab.result(lab.queue.sweeps().find("small")))).isEqualTo(3);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.sweeps().find("big")))
          .satisfies(Lab.refusal("sweep-not-found"));
      assertThat(patient(lab.queue.sweeps().submit(plan("big", SOME, ""))).jobs()).hasSize(SOME);
    }
  }

  @Test
  void aJobAboutATrainingOfASweepThatAServerWasKilledInKeepsIt() throws Exception {
    Path copy = Files.createDirectory(root.resolve("copy"));
    long training;
    long paused;
    try (Lab lab = waiting(Files.createDirectory(root.resolve("lab")))) {
      Future<Sweeps.Submitted> big =
          lab.queue
              .sweeps()
              .submit(plan("big", 2 * SOME, ", \"then\": [{\"kind\": \"evaluate\"}]"));
      training = awaitPiece(lab);
      paused =
          lab.submit("{\"kind\": \"heatmap\", \"stride\": 8, \"run\": %d}".formatted(training))
              .id();
      var _ = Lab.result(lab.queue.pause(paused));
      assertThat(copy(lab, copy)).contains(Pending.SUBMISSION.name());
      assertThat(big.isComplete()).isFalse();
      assertThat(patient(big).reused()).isEmpty();
    }
    try (Lab lab = waiting(copy)) {
      assertThat(queued(lab)).isEqualTo(2);
      assertThat(Lab.result(lab.queue.find(training)).sweep()).isEmpty();
      assertThat(Lab.result(lab.queue.find(training)).state().name())
          .isEqualTo(JobState.Name.QUEUED);
      assertThat(Lab.result(lab.queue.find(paused)).state().name()).isEqualTo(JobState.Name.PAUSED);
      assertThat(lab.database.read(tables -> tables.sweeps().all()).join()).isEmpty();
    }
  }

  /**
   * Copies the database that a server leaves which is killed between two transactions from now.
   *
   * @return what is pending then
   */
  private static Optional<String> copy(Lab lab, Path to) {
    Path original = lab.directory.database();
    Path copied = to.resolve(lab.directory.root().relativize(original));
    Path identity = lab.directory.root().resolve("identity");
    return lab.database
        .write(
            tables -> {
              try {
                Files.createDirectories(copied.getParent());
                Files.copy(identity, to.resolve("identity"));
                Files.copy(
                    original.resolveSibling(original.getFileName() + ".mv.db"),
                    copied.resolveSibling(copied.getFileName() + ".mv.db"));
                return tables.sweeps().find("big").flatMap(SweepRow::pending);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .join();
  }

  @Test
  void aCancellationThatAServerWasKilledInIsEndedByTheNext() throws Exception {
    Path copy = Files.createDirectory(root.resolve("copy"));
    long alone;
    try (Lab lab = waiting(Files.createDirectory(root.resolve("lab")))) {
      alone = lab.submit().id();
      Sweeps.Submitted submitted = patient(lab.queue.sweeps().submit(plan("big", SOME, "")));
      long first = submitted.jobs().get(1);
      Future<Sweeps.Stopped> cancelled = lab.queue.sweeps().cancel("big");
      lab.await(first, JobState.Name.CANCELLED);
      assertThat(copy(lab, copy)).contains(Pending.CANCELLATION.name());
      assertThat(cancelled.isComplete()).isFalse();
      assertThat(patient(cancelled).shared()).containsExactly(alone);
    }
    try (Lab lab = new Lab(copy, "train", Lab.PATIENT)) {
      assertThat(Lab.result(lab.queue.sweeps().find("big")).counts())
          .isEqualTo(Map.of("CANCELLED", SOME - 1L));
      // Not before the devices are there.
      lab.await(alone, JobState.Name.SUCCEEDED);
    }
  }

  /** Like one that somebody holds. */
  @Test
  void aSweepThatFailuresHoldIsHeldByTheNextServerIfOneIsKilledMeanwhile() throws Exception {
    Path copy = Files.createDirectory(root.resolve("copy"));
    try (Lab lab = new Lab(Files.createDirectory(root.resolve("lab")), "refuse", Lab.PATIENT)) {
      long first =
          patient(lab.queue.sweeps().submit(plan("big", MANY, ", \"stopAfterFailures\": 1")))
              .jobs()
              .get(0);
      lab.await(first, JobState.Name.FAILED);
      assertThat(copy(lab, copy)).contains(Pending.HOLD.name());
      while (pending(lab).isPresent()) {
        assertThat(Lab.result(lab.queue.sweeps().find("big")).hold()).isPresent();
      }
      assertThat(held(lab)).isEqualTo(MANY);
    }
    try (Lab lab = new Lab(copy, "train", Lab.PATIENT)) {
      assertThat(held(lab)).isEqualTo(MANY);
      assertThat(pending(lab)).isEmpty();
      assertThat(Lab.result(lab.queue.sweeps().find("big")).counts())
          .isEqualTo(Map.of("FAILED", 1L, "QUEUED", MANY - 1L));
    }
  }

  /**
   * The tiny worker's trials reach an accuracy of a hundredth of their seed. The best are promoted;
   * the others are ended in pieces.
   */
  @Test
  void trialsThatWereOutdoneAreEndedByTheNextServerIfOneIsKilledMeanwhile() throws Exception {
    int trials = 6 * Piece.JOBS;
    Map<String, Long> ended = Map.of("SUCCEEDED", 6L, "PRUNED", trials - 6L);
    Path copy = Files.createDirectory(root.resolve("copy"));
    try (Lab lab = new Lab(Files.createDirectory(root.resolve("lab")), "trial", Lab.PATIENT)) {
      var _ =
          patient(
              lab.queue
                  .sweeps()
                  .submit(
                      plan(
                          "big",
                          IntStream.rangeClosed(1, trials).map(seed -> trials + 1 - seed),
                          ", \"halving\": {\"firstEpochs\": 1, \"factor\": 100}")));
      // The last that is promoted, when all have reached the rung.
      lab.await(6, JobState.Name.SUCCEEDED);
      assertThat(copy(lab, copy)).contains(Pending.RUNG.name());
      QueueEvent.SweepChanged end =
          lab.await(QueueEvent.SweepChanged.class, event -> event.sweep().endedAt().isPresent());
      assertThat(end.sweep().counts()).isEqualTo(ended);
    }
    try (Lab lab = new Lab(copy, "trial", Lab.PATIENT)) {
      assertThat(pending(lab)).isEmpty();
      assertThat(Lab.result(lab.queue.sweeps().find("big")).counts()).isEqualTo(ended);
    }
  }

  /** What a server left that was killed while trials were ended, and failures held the sweep. */
  @Test
  void aHoldWhileTrialsAreEndedIsBroughtToTheJobsAfterwards() throws Exception {
    Path data = Files.createDirectory(root.resolve("lab"));
    try (Lab lab = waiting(data)) {
      var _ = patient(lab.queue.sweeps().submit(plan("big", SOME, "")));
      boolean left =
          lab.database
              .write(
                  tables -> {
                    tables.sweeps().hold("big", true, true, Optional.empty());
                    tables.sweeps().pending("big", Optional.of(Pending.RUNG.name()));
                    return true;
                  })
              .join();
      assertThat(left).isTrue();
    }
    try (Lab lab = waiting(data)) {
      while (pending(lab).isPresent()) {
        Thread.onSpinWait();
      }
      assertThat(held(lab)).isGreaterThanOrEqualTo(SOME - 1);
    }
  }

  @Test
  void aHoldDuringACancellationIsBroughtToTheJobsAfterwards() throws Exception {
    try (Lab lab = waiting(root)) {
      long first = patient(lab.queue.sweeps().submit(plan("big", MANY, ""))).jobs().get(0);
      Future<Sweeps.Stopped> cancelled = lab.queue.sweeps().cancel("big");
      lab.await(first, JobState.Name.CANCELLED);
      // As failures do.
      Optional<String> pending =
          lab.database
              .write(
                  tables -> {
                    tables.sweeps().hold("big", true, true, Optional.empty());
                    return tables.sweeps().find("big").flatMap(SweepRow::pending);
                  })
              .join();
      assertThat(pending).contains(Pending.CANCELLATION.name());
      assertThat(patient(cancelled).shared()).isEmpty();
      while (pending(lab).isPresent()) {
        Thread.onSpinWait();
      }
      assertThat(held(lab)).isEqualTo(MANY);
    }
  }

  private static boolean isHeld(Lab lab) {
    return Lab.result(lab.queue.sweeps().find("big")).hold().isPresent();
  }

  private static Optional<String> pending(Lab lab) {
    return lab.database.read(tables -> tables.sweeps().find("big").orElseThrow().pending()).join();
  }

  @Test
  void aJobIsCancelledIfNoSweepNeedsItAnyMore() throws Exception {
    try (Lab lab = waiting(root)) {
      long both = Lab.result(lab.queue.sweeps().submit(plan("small", 1, ""))).jobs().get(0);
      Sweeps.Submitted submitted = patient(lab.queue.sweeps().submit(plan("big", SOME, "")));
      assertThat(submitted.reused()).containsExactly(both);
      Future<Sweeps.Stopped> big = lab.queue.sweeps().cancel("big");
      // Before the first piece.
      Future<Sweeps.Stopped> small = lab.queue.sweeps().cancel("small");
      assertThat(patient(small).shared()).containsExactly(both);
      assertThat(patient(big).shared()).isEmpty();
      assertThat(Lab.result(lab.queue.find(both)).state().name())
          .isEqualTo(JobState.Name.CANCELLED);
      assertThat(patient(big).sweep().counts()).isEqualTo(Map.of("CANCELLED", (long) SOME));
    }
  }

  @Test
  void aJobIsNotCancelledThatAnotherSweepReusesMeanwhile() throws Exception {
    try (Lab lab = waiting(root)) {
      List<Long> jobs = patient(lab.queue.sweeps().submit(plan("big", SOME, ""))).jobs();
      Future<Sweeps.Stopped> big = lab.queue.sweeps().cancel("big");
      Sweeps.Submitted small =
          Lab.result(lab.queue.sweeps().submit(plan("small", IntStream.of(SOME), "")));
      assertThat(small.reused()).containsExactly(jobs.get(SOME - 1));
      assertThat(patient(big).shared()).isEqualTo(small.reused());
      assertThat(Lab.result(lab.queue.sweeps().find("small")).counts())
          .isEqualTo(Map.of("QUEUED", 1L));
    }
  }

  private static void assertFails(Future<?> future) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> patient(future))
        .withStackTraceContaining("The disk is full.");
  }

  @Test
  void aCancellationThatFailsHalfWayStopsTheWorkersOfItsFirstHalfAndIsEndedLater()
      throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long running = patient(lab.queue.sweeps().submit(plan("big", SOME, ""))).jobs().get(0);
      lab.await(running, JobState.Name.RUNNING);
      lab.failAt(SOME / 2);
      assertFails(lab.queue.sweeps().cancel("big"));
      lab.await(running, JobState.Name.CANCELLED);
      assertConflict(lab.queue.sweeps().hold("big"));
      assertConflict(lab.queue.sweeps().submit(plan("big", SOME, "")));
      QueueEvent.SweepChanged ended =
          lab.await(QueueEvent.SweepChanged.class, event -> event.sweep().endedAt().isPresent());
      assertThat(ended.sweep().counts()).isEqualTo(Map.of("CANCELLED", (long) SOME));
    }
  }

  private static void assertConflict(Future<?> future) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> patient(future))
        .withCauseInstanceOf(JobConflict.class);
  }

  @Test
  void whatARemovalThatFailsHalfWayLeavesIsRemovedLater() throws Exception {
    try (Lab lab = waiting(root)) {
      // One for the sweep and one for each job, and then two for each job.
      lab.failAt(1 + SOME + 3 * Piece.JOBS);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> patient(lab.queue.sweeps().submit(wrong(plan("big", SOME, "")))))
          .withCauseInstanceOf(InvalidSpec.class);
      assertThat(queued(lab)).isBetween(SOME - 5 * Piece.JOBS / 2L, SOME - 1L);
      assertConflict(lab.queue.sweeps().submit(plan("big", SOME, "")));
      List<Long> reused = Lab.result(lab.queue.sweeps().submit(plan("small", 1, ""))).reused();
      // It may start at once.
      assertThat(Lab.result(lab.queue.find(reused.get(0))).sweep()).contains("small");
      QueueEvent.SweepDeleted deleted =
          lab.await(QueueEvent.SweepDeleted.class, event -> event.sweep().equals("big"));
      assertThat(deleted).isNotNull();
      assertThat(queued(lab)).isOne();
      assertThat(Lab.result(lab.queue.sweeps().jobs("small")))
          .extracting(Job::id)
          .isEqualTo(reused);
    }
  }

  @Test
  void aSweepThatCannotBeEndedDoesNotKeepAServerFromItsStart() throws Exception {
    try (Lab lab = waiting(root)) {
      var _ = Lab.result(lab.queue.sweeps().submit(plan("small", 3, "")));
      boolean written =
          lab.database
              .write(
                  tables -> {
                    tables.sweeps().pending("small", Optional.of("UNHEARD_OF"));
                    return true;
                  })
              .join();
      assertThat(written).isTrue();
    }
    try (Lab lab = waiting(root)) {
      assertThat(queued(lab)).isEqualTo(3);
    }
  }

  @Test
  void aDeletionThatFailsHalfWayDeletesTheFilesOfItsFirstHalf() throws Exception {
    try (Lab lab = waiting(root)) {
      List<Long> jobs = patient(lab.queue.sweeps().submit(plan("big", SOME, ""))).jobs();
      var _ = patient(lab.queue.sweeps().cancel("big"));
      lab.failAt(SOME / 2);
      assertFails(lab.queue.sweeps().delete("big"));
      List<Long> rest = patient(lab.queue.sweeps().delete("big"));
      int first = SOME - rest.size();
      assertThat(first).isBetween(1, SOME / 2);
      assertThat(rest).isEqualTo(jobs.subList(first, SOME));
      QueueEvent.FilesDeleted last =
          lab.await(QueueEvent.FilesDeleted.class, event -> event.job() == jobs.get(first - 1));
      assertThat(last).isNotNull();
    }
  }

  private static long held(Lab lab) {
    return patient(lab.queue.sweeps().jobs("big")).stream()
        .filter(job -> job.queuePosition().held())
        .count();
  }

  @Test
  void aLargeSweepIsHeldReleasedResumedAndDeleted() throws Exception {
    try (Lab lab = waiting(root)) {
      List<Long> jobs =
          patient(
                  lab.queue
                      .sweeps()
                      .submit(plan("big", SOME / 2, ", \"then\": [{\"kind\": \"evaluate\"}]")))
              .jobs();
      assertThat(patient(lab.queue.sweeps().hold("big")).shared()).isEmpty();
      assertThat(held(lab)).isEqualTo(SOME);
      Sweep released = patient(lab.queue.sweeps().release("big"));
      assertThat(released.hold()).isEmpty();
      assertThat(held(lab)).isZero();
      var _ = patient(lab.queue.sweeps().hold("big"));
      var _ = patient(lab.queue.sweeps().cancel("big"));
      assertThat(patient(lab.queue.sweeps().resume("big")).jobs()).isEqualTo(jobs);
      assertThat(held(lab)).isZero();
      assertThat(patient(lab.queue.sweeps().find("big")).counts())
          .isEqualTo(Map.of("QUEUED", (long) SOME));
      var _ = patient(lab.queue.sweeps().cancel("big"));
      assertThat(patient(lab.queue.sweeps().delete("big"))).isEqualTo(jobs);
      assertThat(queued(lab)).isZero();
      assertThat(Lab.result(lab.queue.sweeps().all())).isEmpty();
    }
  }

  @Test
  void noJobStaysHeldThatIsResumedAfterAReleaseThatFailed() throws Exception {
    try (Lab lab = waiting(root)) {
      var _ = patient(lab.queue.sweeps().submit(plan("big", SOME, "")));
      var held = patient(lab.queue.sweeps().hold("big"));
      assertThat(held.shared()).isEmpty();
      // What its first transaction stores.
      boolean begun =
          lab.database
              .write(
                  tables -> {
                    tables.sweeps().hold("big", false, false, Optional.empty());
                    tables.sweeps().pending("big", Optional.of(Pending.HOLD.name()));
                    return true;
                  })
              .join();
      assertThat(begun).isTrue();
      assertThat(held(lab)).isEqualTo(SOME);
      assertThat(patient(lab.queue.sweeps().resume("big")).jobs()).isEmpty();
      assertThat(held(lab)).isZero();
      assertThat(pending(lab)).isEmpty();
    }
  }

  /** The others would start while the rest of them is still being resumed. */
  @Test
  void aResumedSweepThatFailsAgainIsHeldAgainAsAWhole() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      var _ = patient(lab.queue.sweeps().submit(plan("big", SOME, ", \"stopAfterFailures\": 1")));
      lab.await(1, JobState.Name.FAILED);
      var cancelled = patient(lab.queue.sweeps().cancel("big"));
      assertThat(cancelled.sweep().hold()).isPresent();
      assertThat(patient(lab.queue.sweeps().resume("big")).jobs()).hasSize(SOME);
      while (!isHeld(lab) || pending(lab).isPresent()) {
        Thread.onSpinWait();
      }
      assertThat(held(lab)).isEqualTo(SOME);
      assertThat(patient(lab.queue.sweeps().find("big")).counts())
          .isEqualTo(Map.of("FAILED", 1L, "QUEUED", SOME - 1L));
    }
  }
}
