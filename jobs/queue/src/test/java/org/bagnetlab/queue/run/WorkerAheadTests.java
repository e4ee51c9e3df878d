package org.bagnetlab.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bagnetlab.queue.launch.CommandLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real processes that, like workers, wait for stdin. */
@Timeout(60)
class WorkerAheadTests {

  private static final CommandLine WAITS = new CommandLine(List.of("cat"), Map.of());

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<StartedAhead> news = new LinkedBlockingQueue<>();
  private final List<StartedAhead> started = new ArrayList<>();

  @AfterEach
  void close() {
    result(vertx.close());
    started.forEach(StartedAhead::end);
  }

  private WorkerAhead ahead(Duration keptForNothing) {
    return new WorkerAhead(vertx, context, this::start, keptForNothing);
  }

  private Optional<StartedAhead> start() throws IOException {
    Process process = new ProcessBuilder(WAITS.arguments()).start();
    StartedAhead worker =
        new StartedAhead(WAITS, process, process.onExit().thenAccept(ended -> {}));
    synchronized (started) {
      started.add(worker);
    }
    news.add(worker);
    return Optional.of(worker);
  }

  private static <T> T result(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private <T> T onContext(Supplier<Future<T>> work) {
    return result(
        Future.future(promise -> context.runOnContext(now -> work.get().onComplete(promise))));
  }

  private void run(Runnable work) {
    onContext(
        () -> {
          work.run();
          return Future.succeededFuture();
        });
  }

  private StartedAhead startedOne() throws InterruptedException {
    StartedAhead worker = news.poll(30, TimeUnit.SECONDS);
    assertThat(worker).isNotNull();
    return worker;
  }

  private static void assertEnds(StartedAhead worker) {
    assertThat(worker.process().onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive())
        .isFalse();
  }

  @Test
  void isStartedOnceAJobRunsAndAnotherWaits() throws Exception {
    WorkerAhead ahead = ahead(Duration.ofMinutes(1));
    run(() -> ahead.expect(true));
    assertThat(onContext(ahead::take)).isEmpty();
    run(ahead::jobBegan);
    StartedAhead worker = startedOne();
    run(() -> ahead.expect(true)); // no second one
    assertThat(onContext(ahead::take)).contains(worker);
    assertThat(worker.fits(WAITS)).isTrue();
    assertThat(worker.fits(new CommandLine(List.of("cat", "-"), Map.of()))).isFalse();
    assertThat(onContext(ahead::take)).isEmpty();
    onContext(ahead::close);
    assertThat(worker.process().isAlive()).as("it is its taker's").isTrue();
    assertThat(news).isEmpty();
  }

  @Test
  void isEndedWhenNoJobHasWaitedForItForAWhile() throws Exception {
    WorkerAhead ahead = ahead(Duration.ofMillis(1));
    run(() -> ahead.expect(true));
    run(ahead::jobBegan);
    StartedAhead worker = startedOne();
    run(() -> ahead.expect(false));
    assertEnds(worker);
    assertThat(onContext(ahead::take)).isEmpty();
  }

  @Test
  void oneThatDiedIsReplacedDuringTheNextJob() throws Exception {
    WorkerAhead ahead = ahead(Duration.ofMinutes(1));
    run(() -> ahead.expect(true));
    run(ahead::jobBegan);
    StartedAhead first = startedOne();
    first.process().destroyForcibly();
    assertEnds(first);
    // Whether it has heard of the end or not: nobody gets a dead worker for a living one.
    assertThat(onContext(ahead::take).filter(worker -> worker.fits(WAITS))).isEmpty();
    run(ahead::jobBegan);
    assertThat(startedOne().fits(WAITS)).isTrue();
  }

  @Test
  void aFailureToStartIsTheNextJobsBusiness() throws Exception {
    Semaphore attempts = new Semaphore(0);
    WorkerAhead ahead =
        new WorkerAhead(
            vertx,
            context,
            () -> {
              attempts.release();
              throw new IOException("no more processes");
            },
            Duration.ofMinutes(1));
    run(() -> ahead.expect(true));
    run(ahead::jobBegan);
    assertThat(attempts.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    for (int turn = 0; turn < 100; turn++) { // enough for it to have heard of the failure
      result(vertx.executeBlocking(() -> "meanwhile", false));
      run(() -> ahead.expect(true));
    }
    assertThat(onContext(ahead::take)).isEmpty();
    assertThat(attempts.availablePermits()).as("further attempts during this job").isZero();
    run(ahead::jobBegan);
    assertThat(attempts.tryAcquire(30, TimeUnit.SECONDS)).as("the next job's").isTrue();
    onContext(ahead::close);
  }

  /** Those that are being ended take a moment. */
  private void assertOneWaitsAtMost(List<StartedAhead> taken) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (waiting(taken) > 1) {
      assertThat(System.nanoTime()).as("several wait").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private long waiting(List<StartedAhead> taken) {
    synchronized (started) {
      return started.stream()
          .filter(worker -> worker.process().isAlive() && !taken.contains(worker))
          .count();
    }
  }

  /** Whatever happens in whatever order, at most one waits, and closing leaves none. */
  @Test
  void neverLeavesAProcess() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      WorkerAhead ahead = ahead(Duration.ofMillis(random.nextInt(1, 10)));
      List<StartedAhead> taken = new ArrayList<>();
      synchronized (started) {
        started.clear();
      }
      for (int step = 0; step < 30; step++) {
        switch (random.nextInt(5)) {
          case 0 -> run(ahead::jobBegan);
          case 1 -> run(() -> ahead.expect(true));
          case 2 -> run(() -> ahead.expect(false));
          case 3 -> onContext(ahead::take).ifPresent(taken::add);
          default -> {
            synchronized (started) {
              started.stream()
                  .filter(worker -> !taken.contains(worker))
                  .forEach(worker -> worker.process().destroyForcibly());
            }
          }
        }
        assertThat(taken).as("seed %d", seed).doesNotHaveDuplicates();
        assertOneWaitsAtMost(taken);
      }
      onContext(ahead::close);
      List<StartedAhead> mine;
      synchronized (started) {
        mine = List.copyOf(started);
      }
      assertThat(onContext(ahead::take)).isEmpty();
      mine.stream().filter(worker -> !taken.contains(worker)).forEach(WorkerAheadTests::assertEnds);
      mine.forEach(StartedAhead::end);
    }
  }
}
