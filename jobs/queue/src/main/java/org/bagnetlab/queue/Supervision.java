package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.QueueEvent.Progressed;
import org.bagnetlab.queue.process.CommandLine;
import org.bagnetlab.queue.process.ExitCode;
import org.bagnetlab.queue.process.KernelKills;
import org.bagnetlab.queue.process.ProcessIdentity;
import org.bagnetlab.queue.process.Remark;
import org.bagnetlab.queue.process.WorkerLauncher;
import org.bagnetlab.queue.process.WorkerLog;
import org.bagnetlab.queue.process.WorkerProcess;
import org.bagnetlab.storage.DataDirectory;
import org.bagnetlab.storage.FileTree;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over one worker from its start until its job's end is stored. Lives on the context of its
 * verticle, where all its fields change; the worker's events are stored one after another, and a
 * worker that reports faster than that waits.
 */
final class Supervision {

  private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

  /** Events that may wait to be stored before the worker has to wait. */
  private static final int WAITING_EVENTS = 256;

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration BETWEEN_PUBLICATIONS = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Context context;
  private final Supervisor supervisor;
  private final Job job;
  private final Path directory;
  private final Promise<Void> ended = Promise.promise();
  private final Semaphore room = new Semaphore(WAITING_EVENTS);

  /** Before this, the worker was told nothing, and nothing that it says is looked at. */
  private final Promise<Void> begun = Promise.promise();

  private Future<?> stored = begun.future();
  private @Nullable WorkerProcess launched;
  private @Nullable WorkerProcess process;
  private KernelKills killsAtStart = KernelKills.NONE;
  private @Nullable WorkerLog log;
  private Optional<WorkerEvent> lastWord = Optional.empty();
  private Optional<Progress> progress = Optional.empty();
  private Optional<JobError> defect = Optional.empty();
  private Optional<String> killed = Optional.empty();
  private final Remarks remarks = new Remarks();
  private Future<?> endedElsewhere = Future.succeededFuture();
  private boolean stopRequested;
  private boolean serverStops;
  private boolean gone;
  private boolean fruitless;
  private long heardAt = System.nanoTime();

  /** When it last said more than that it lives. */
  private long movedAt = heardAt;

  private long publishedAt;
  private long watch = -1;

  Supervision(Vertx vertx, Context context, Supervisor supervisor, Job job) {
    this.vertx = vertx;
    this.context = context;
    this.supervisor = supervisor;
    this.job = job;
    this.fruitless = StateFacts.of(job.state()).fruitless() > 0;
    this.directory = supervisor.directory().run(job.id()).toAbsolutePath();
  }

  /** Runs the job. Succeeds when its end is stored, whatever the end is. */
  Future<Void> run() {
    supervisor
        .assignment(job)
        .compose(
            assignment ->
                vertx
                    .executeBlocking(this::launch)
                    .compose(this::remember)
                    .onSuccess(launched -> begin(launched, assignment)))
        .onFailure(
            failure -> {
              LOG.warn("Job {} did not start", job.id(), failure);
              JobEvent broke =
                  new JobEvent.Broke(supervisor.jobs().now(), Supervisor.error(failure));
              (launched == null ? Future.succeededFuture() : end(launched))
                  .onComplete(ended -> end(broke));
            });
    return ended.future();
  }

  private record Launched(WorkerProcess process, WorkerLog log, KernelKills kills) {}

  /** Stores which process it is, before it is told anything: the next server must find it. */
  private Future<Launched> remember(Launched started) {
    launched = started.process();
    Optional<ProcessIdentity> identity = ProcessIdentity.running(started.process().pid());
    return identity.isEmpty()
        ? Future.succeededFuture(started) // it is gone already
        : supervisor.jobs().launched(job.id(), identity.get()).map(started);
  }

  private Launched launch() throws IOException {
    Files.createDirectories(directory);
    FileTree.clear(directory, Set.of(DataDirectory.LOG));
    WorkerLog opened =
        WorkerLog.open(supervisor.directory().log(job.id()), supervisor.limits().logBytes());
    WorkerLauncher launcher = supervisor.launcher();
    // An earlier worker may still be there if it could not be reached when it was to end.
    launcher.end(List.of(job.id()));
    CommandLine commandLine = launcher.commandLine(supervisor.slot(), job.id(), directory);
    try {
      return new Launched(
          WorkerProcess.start(
              "worker-" + job.id(), commandLine, directory, launcher, opened, new OnContext()),
          opened,
          KernelKills.now());
    } catch (IOException e) {
      opened.note("The worker did not start: " + e.getMessage());
      opened.close();
      throw e;
    }
  }

  /** Only from here on there is a process to talk to, so that no command comes before this one. */
  private void begin(Launched started, Assignment assignment) {
    process = started.process();
    log = started.log();
    killsAtStart = started.kills();
    begun.complete();
    if (gone) {
      return;
    }
    heardAt = System.nanoTime();
    movedAt = heardAt;
    send(new WorkerCommand.Run(WorkerEvent.PROTOCOL, assignment));
    watch =
        vertx.setPeriodic(
            Math.max(1, shortest(supervisor.limits()).toMillis() / 10), timer -> checkSilence());
    if (stopRequested) {
      askToStop();
    }
  }

  private static Duration shortest(WorkerLimits limits) {
    return limits.silence().compareTo(limits.stall()) < 0 ? limits.silence() : limits.stall();
  }

  /** Asks the worker to stop, be it for good or to go on later, and kills it if it does not. */
  void leave() {
    stopRequested = true;
    askToStop();
  }

  /** Ends the worker because the server stops. Succeeds when the job's end is stored. */
  Future<Void> stop() {
    serverStops = true;
    stopRequested = true;
    askToStop();
    return ended.future();
  }

  private void askToStop() {
    Duration grace =
        serverStops ? supervisor.limits().stopGrace() : supervisor.limits().cancelGrace();
    if (remarks.waiting()) {
      kill("stopped before there was a place for it");
    } else if (process != null) {
      send(new WorkerCommand.Stop());
      vertx.setTimer(
          Math.max(1, grace.toMillis()),
          timer ->
              kill("worker process did not stop within %s and was killed".formatted(text(grace))));
    }
  }

  private void checkSilence() {
    long now = System.nanoTime();
    Duration silence = supervisor.limits().silence();
    Duration stall = supervisor.limits().stall();
    if (remarks.waiting()) {
      return;
    }
    if (now - heardAt > silence.toNanos()) {
      kill("worker process said nothing for %s and was killed".formatted(text(silence)));
    } else if (now - movedAt > stall.toNanos()) {
      kill("worker process got on with nothing for %s and was killed".formatted(text(stall)));
    }
  }

  private void kill(String why) {
    if (process != null && !gone && killed.isEmpty()) {
      killed = Optional.of(why);
      end(process);
    }
  }

  /** Ends a worker, first where it runs: nobody else may be left who could do it. */
  private Future<?> end(WorkerProcess worker) {
    endedElsewhere = endElsewhere();
    return endedElsewhere.onComplete(ended -> worker.kill());
  }

  private Future<?> endElsewhere() {
    return vertx
        .executeBlocking(
            () -> {
              supervisor.launcher().end(List.of(job.id()));
              return job;
            },
            false)
        .onFailure(failure -> LOG.warn("The worker of job {} may live on", job.id(), failure))
        .otherwise(job);
  }

  private void send(WorkerCommand command) {
    if (process != null) {
      process.send(command);
    }
  }

  private static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 60 && seconds % 60 == 0) {
      return seconds == 60 ? "1 minute" : seconds / 60 + " minutes";
    }
    return seconds > 0 ? seconds + " s" : duration.toMillis() + " ms";
  }

  private Future<?> handle(WorkerEvent event) {
    if (event instanceof WorkerEvent.Ready ready) {
      return ready(ready);
    }
    if (event instanceof WorkerEvent.Heartbeat) {
      return Future.succeededFuture();
    }
    if (event instanceof WorkerEvent.Progress made) {
      progressed(made);
      return Future.succeededFuture();
    }
    if (event instanceof WorkerEvent.EpochEnded epoch) {
      return supervisor.results().store(job.id(), epoch);
    }
    if (event instanceof WorkerEvent.Measured measured) {
      return supervisor.results().store(job.id(), measured);
    }
    if (event instanceof WorkerEvent.ArtifactWritten written) {
      return supervisor
          .results()
          .store(job.id(), directory, written, supervisor.jobs().now())
          .compose(stored -> written.kind().resumable() ? advanced() : Future.succeededFuture());
    }
    lastWord = Optional.of(event);
    return Future.succeededFuture();
  }

  /** There is something new to go on from, so earlier interruptions do not count any more. */
  private Future<?> advanced() {
    if (!fruitless) {
      return Future.succeededFuture();
    }
    fruitless = false;
    return supervisor.jobs().apply(job.id(), new JobEvent.Advanced(supervisor.jobs().now()));
  }

  private Future<?> ready(WorkerEvent.Ready ready) {
    if (ready.protocol() != WorkerEvent.PROTOCOL) {
      kill("worker process speaks version %d of the protocol".formatted(ready.protocol()));
      return Future.failedFuture(
          "The worker speaks version %d of the protocol, the server version %d: build both anew."
              .formatted(ready.protocol(), WorkerEvent.PROTOCOL));
    }
    long pid = process == null ? 0 : process.pid();
    return supervisor.jobs().worker(job.id(), WorkerFacts.of(ready, pid));
  }

  private void progressed(Progress made) {
    boolean turn =
        progress
            .map(before -> before.phase() != made.phase() || before.epoch() != made.epoch())
            .orElse(true);
    progress = Optional.of(made);
    supervisor.jobs().progressed(job.id(), made);
    long now = System.nanoTime();
    if (turn
        || made.done() == made.total()
        || now - publishedAt >= BETWEEN_PUBLICATIONS.toNanos()) {
      publishedAt = now;
      supervisor.events().publish(new Progressed(job.id(), made));
    }
  }

  private void remarked(Remark remark) {
    if (killed.isPresent()) {
      return; // what is said of an end from here on is about this one
    }
    boolean waited = remarks.waiting();
    remarks.add(remark);
    heardAt = System.nanoTime();
    movedAt = heardAt;
    if (remark instanceof Remark.Waiting waiting && !waited) {
      note(waiting.words());
      if (stopRequested) {
        askToStop();
      }
    } else if (remark instanceof Remark.Placed placed && waited) {
      note(placed.words());
    }
  }

  private void note(String words) {
    stored =
        stored.compose(
            before ->
                supervisor
                    .jobs()
                    .note(job.id(), words)
                    .onFailure(failure -> LOG.warn("Not in the timeline: {}", words, failure))
                    .otherwiseEmpty());
  }

  private void failed(Throwable failure) {
    JobError error = Supervisor.error(failure);
    LOG.warn("A report of job {} was not stored: {}", job.id(), error.message());
    if (log != null) {
      log.note(error.message());
    }
    if (defect.isEmpty()) {
      defect = Optional.of(error);
      // The job goes on from before the gap: nothing that comes after it may be stored.
      kill("worker process was killed, since a report of it could not be stored,");
    }
  }

  /**
   * Tells the job's end once nothing of its worker is left: the next one writes to the same
   * directory. A process that ends without a last word may leave a worker elsewhere.
   */
  private void exited(ExitCode exit) {
    Future<?> over = killed.isEmpty() && lastWord.isEmpty() ? endElsewhere() : endedElsewhere;
    over.onComplete(nothingLeft -> tell(exit));
  }

  private void tell(ExitCode exit) {
    WorkerEnd end =
        new WorkerEnd(
            lastWord,
            exit,
            remarks.weightiest(),
            killed,
            defect,
            memoryRanOut(exit),
            progress,
            log == null ? "" : log.lastLine());
    end(end.event(supervisor.jobs().now(), serverStops));
  }

  private boolean memoryRanOut(ExitCode exit) {
    boolean shot = exit.signal().filter("SIGKILL"::equals).isPresent();
    return (log != null && log.toldOfExhaustedMemory())
        || (shot && supervisor.launcher().onThisMachine() && KernelKills.now().since(killsAtStart));
  }

  private void end(JobEvent event) {
    vertx.cancelTimer(watch);
    supervisor
        .jobs()
        .apply(job.id(), event)
        .onSuccess(done -> cleanUp())
        .onFailure(
            failure -> {
              LOG.error("The end of job {} is not stored", job.id(), failure);
              if (serverStops || failure instanceof IllegalTransition) {
                cleanUp();
              } else {
                // The device stays busy: a job that is shown as running must not be forgotten.
                vertx.setTimer(RETRY.toMillis(), timer -> end(event));
              }
            });
  }

  private void cleanUp() {
    vertx
        .executeBlocking(
            () -> {
              FileTree.clear(directory, Set.of(DataDirectory.LOG));
              return directory;
            })
        .onFailure(failure -> LOG.warn("{} is not cleared: {}", directory, failure.toString()))
        .onComplete(cleared -> ended.complete());
  }

  /** Brings what the process's threads report onto the verticle's context, in order. */
  private final class OnContext implements WorkerProcess.Listener {

    @Override
    public void reported(WorkerEvent event) {
      room.acquireUninterruptibly();
      context.runOnContext(
          now -> {
            heardAt = System.nanoTime();
            remarks.speaks();
            movedAt = event instanceof WorkerEvent.Heartbeat ? movedAt : heardAt;
            stored =
                stored
                    .compose(
                        before -> defect.isPresent() ? Future.succeededFuture() : handle(event))
                    .onFailure(Supervision.this::failed)
                    .otherwiseEmpty()
                    .onComplete(done -> room.release());
          });
    }

    @Override
    public void remarked(Remark remark) {
      context.runOnContext(now -> Supervision.this.remarked(remark));
    }

    @Override
    public void exited(ExitCode exit) {
      context.runOnContext(
          now -> {
            gone = true;
            stored.onComplete(done -> Supervision.this.exited(exit));
          });
    }
  }
}
