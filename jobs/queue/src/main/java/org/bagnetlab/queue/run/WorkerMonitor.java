package org.bagnetlab.queue.run;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.protocol.Usage;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.launch.ExitCode;
import org.bagnetlab.queue.launch.LauncherNotice;
import org.bagnetlab.queue.launch.RecentKernelKills;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.WorkerProcess;
import org.bagnetlab.queue.rule.IdleRule;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.storage.cost.CostRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors one worker from its assignment until its process is gone. All fields are confined to the
 * context of its verticle.
 */
final class WorkerMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerMonitor.class);

  /** The phases of a worker's life, which determine what the monitor can do. */
  private sealed interface Phase {

    /** The worker can be asked to stop, or killed. */
    record Running() implements Phase {}

    /**
     * The worker is being killed, which explains all later reports about its end.
     *
     * @param why it is being killed
     * @param over completes when it has been killed
     */
    record Killed(Cause why, Future<?> over) implements Phase {}

    /** The worker's process has ended. */
    record Gone() implements Phase {}
  }

  /** How often the cost is stored, so that little of it is lost if the server is killed. */
  private static final Duration BETWEEN_COSTS = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final Context context;
  private final Worker worker;
  private final DeviceSlot slot;
  private final JobResults results;
  private final JobStore jobs;
  private final WorkerCost cost;
  private final Runnable began;
  private final EventRecorder recorder;
  private final LongSupplier ticker;
  private final Optional<IdleRule> rule;
  private Optional<IdleTimer> idle;
  private final LivenessTimer liveness;
  private final Promise<WorkerEnd> end = Promise.promise();
  private Phase phase = new Phase.Running();
  private boolean reported;

  /** The launcher's notice that the worker waits for resources, or why it will never get any. */
  private Optional<LauncherNotice> notice = Optional.empty();

  private Optional<MemoryShare> share = Optional.empty();

  private Optional<Duration> grace = Optional.empty();
  private final RecentKernelKills kernelKills = new RecentKernelKills();
  private long timer;
  private long costTimer;

  /**
   * Creates a monitor.
   *
   * @param began called when the worker has completed the first part of its job
   */
  WorkerMonitor(
      Vertx vertx,
      Context context,
      WorkerContext workerContext,
      Job job,
      Worker worker,
      Runnable began) {
    this.vertx = vertx;
    this.context = context;
    this.worker = worker;
    this.began = began;
    this.recorder =
        new EventRecorder(
            workerContext, worker, job, () -> stop(workerContext.limits().cancelGrace()));
    this.liveness = new LivenessTimer(workerContext.limits(), workerContext.ticker());
    this.slot = workerContext.slot();
    this.ticker = workerContext.ticker();
    this.rule = workerContext.idle();
    this.idle = rule.map(IdleTimer::new);
    this.results = workerContext.results();
    this.jobs = workerContext.jobs();
    this.cost =
        new WorkerCost(
            job.id(),
            workerContext.jobs()::now,
            workerContext.ticker(),
            Optional.of(worker.launcher())
                .filter(WorkerLauncher::onThisMachine)
                .map(local -> workerContext.meter().begin()));
  }

  /**
   * Assigns the worker its job, and waits for the worker's end.
   *
   * @param share the part of its GPU's memory that it may use; empty for no limit
   */
  Future<WorkerEnd> until(Assignment assignment, Optional<MemoryShare> share) {
    this.share = share;
    worker.process().listen(worker.launcher(), new OnContext());
    worker.process().send(new WorkerCommand.Run(WorkerEvent.PROTOCOL, assignment, share));
    timer = vertx.setPeriodic(liveness.interval().toMillis(), now -> check());
    costTimer =
        vertx.setPeriodic(
            BETWEEN_COSTS.toMillis(),
            now -> {
              if (!waiting()) {
                store(cost.soFar());
              }
            });
    checkKernelKills();
    return end.future();
  }

  /** Asks the worker to stop, and kills the worker if it has not stopped within this time. */
  void stop(Duration within) {
    grace = Optional.of(within);
    if (!(phase instanceof Phase.Running)) {
      return;
    }
    if (waiting()) {
      kill(Cause.Simple.STOPPED_BEFORE_PLACED);
      return;
    }
    worker.process().send(new WorkerCommand.Stop());
    vertx.setTimer(
        Math.max(1, within.toMillis()),
        now -> kill(new Cause.WorkerNotStopping(within.toMillis())));
  }

  private void check() {
    if (waiting() || recorder.full()) {
      // The worker waits for resources, or for this server to store its reports.
      liveness.restart();
    }
    liveness.expired().ifPresent(this::kill);
    checkKernelKills();
  }

  private void checkKernelKills() {
    if (worker.launcher().onThisMachine()) {
      var _ = blocking(kernelKills::look);
    }
  }

  private void kill(Cause why) {
    if (phase instanceof Phase.Running) {
      phase = new Phase.Killed(why, blocking(worker::end));
    }
  }

  /** Runs blocking work off the event loop, in parallel with other blocking work. */
  private Future<?> blocking(Runnable work) {
    return vertx
        .executeBlocking(
            () -> {
              work.run();
              return worker;
            },
            false)
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("job", worker.job())
                    .setCause(failure)
                    .log("The worker of job {} may still be running", worker.job()))
        .otherwise(worker);
  }

  private void reported(WorkerEvent event) {
    reported = true;
    notice = notice.filter(LauncherNotice.Ending.class::isInstance);
    if (event instanceof WorkerEvent.Heartbeat heartbeat) {
      liveness.heartbeat();
      cost.used(heartbeat.usage());
      idle.flatMap(timer -> sample(timer, heartbeat.usage())).ifPresent(this::idle);
    } else {
      liveness.restart();
    }
    if (event instanceof WorkerEvent.Progress made) {
      cost.progressed(made);
      if (recorder.progress().isEmpty()) {
        began.run();
      }
    }
    recorder.add(event).onFailure(this::notStored);
  }

  /** Adds what the worker used; returns why it is found to be idle. */
  private Optional<Cause> sample(IdleTimer timer, Usage usage) {
    long now = ticker.getAsLong();
    if (waiting()) {
      timer.restart();
      return Optional.empty();
    }
    if (!slot.isGpu()) {
      return timer.add(now, usage.processorSeconds() / slot.threads(), now / 1e9);
    }
    return cost.gpu().flatMap(read -> timer.add(now, read.busySeconds(), read.seconds()));
  }

  private void idle(Cause why) {
    idle = Optional.empty(); // once
    rule.ifPresent(found -> recorder.found(why, found.action()));
  }

  /** Stores what the worker cost. A job does not fail because its cost is unknown. */
  private Future<?> store(CostRow row) {
    return results
        .store(row)
        .compose(stored -> jobs.holdIfUsed(worker.job()))
        .<Object>map(held -> row)
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("job", worker.job())
                    .setCause(failure)
                    .log("The cost of job {} could not be stored", worker.job()))
        .otherwise(row);
  }

  private void notStored(Throwable failure) {
    var _ = blocking(() -> worker.log().note(WorkerContext.error(failure).message()));
    kill(Cause.Simple.REPORT_NOT_STORED);
  }

  private void noticed(LauncherNotice said) {
    if (phase instanceof Phase.Killed) {
      return;
    }
    liveness.restart();
    switch (said) {
      case LauncherNotice.Waiting waiting -> {
        notice = Optional.of(waiting);
        cost.waits();
        recorder.note(waiting.cause());
        grace.ifPresent(this::stop);
      }
      case LauncherNotice.Placed placed -> {
        notice = Optional.empty();
        cost.placed();
        recorder.note(placed.cause());
      }
      case LauncherNotice.Ending ending -> notice = Optional.of(ending);
      case LauncherNotice.Remark remark -> {}
    }
  }

  private boolean waiting() {
    return notice.filter(LauncherNotice.Waiting.class::isInstance).isPresent();
  }

  private void exited(ExitCode exit) {
    Phase last = phase;
    phase = new Phase.Gone();
    vertx.cancelTimer(timer);
    vertx.cancelTimer(costTimer);
    CostRow whole = cost.end();
    Optional<Cause> killed =
        last instanceof Phase.Killed kill ? Optional.of(kill.why()) : Optional.empty();
    recorder
        .stored()
        .compose(stored -> store(whole))
        .compose(stored -> awaitProcesses(last))
        .compose(said -> vertx.executeBlocking(() -> end(exit, killed, said), false))
        .onComplete(end);
  }

  /**
   * Waits until the next worker may start. A worker without a final event may still be running on
   * another machine.
   *
   * @return the launcher's explanation of the end
   */
  private Future<Optional<LauncherNotice>> awaitProcesses(Phase last) {
    if (last instanceof Phase.Killed kill) {
      return kill.over().map(notice);
    }
    if (recorder.finalEvent().isPresent()) {
      return Future.succeededFuture(notice);
    }
    boolean ran = reported;
    return vertx
        .executeBlocking(() -> worker.explanation(ran), false)
        .otherwise(Optional.empty())
        .compose(why -> blocking(worker::endElsewhere).map(why.or(() -> notice)));
  }

  /** Determines how the worker ended. Blocks, because it reads files. */
  private WorkerEnd end(ExitCode exit, Optional<Cause> killed, Optional<LauncherNotice> said) {
    return new WorkerEnd(
        recorder.finalEvent(),
        exit,
        said,
        killed,
        recorder.storageError(),
        memory(exit),
        recorder.progress(),
        worker.log().lastLine());
  }

  private WorkerMemory memory(ExitCode exit) {
    if (share.isPresent() && worker.log().reportedOutOfGpuMemory()) {
      return new WorkerMemory.OutgrewShare(
          new Cause.OutgrewShare(
              share.get().bytes(), slot.gpu().map(Gpu::shortName).orElse(slot.name())));
    }
    boolean killed = exit.signal().filter("SIGKILL"::equals).isPresent();
    return worker.log().reportedOutOfMemory()
            || (killed && worker.launcher().onThisMachine() && kernelKills.any())
        ? new WorkerMemory.Exhausted()
        : new WorkerMemory.Enough();
  }

  /** Forwards reports from the process's threads to the verticle's context, in order. */
  private final class OnContext implements WorkerProcess.Listener {

    @Override
    public void reported(WorkerEvent event) {
      recorder.awaitCapacity();
      context.runOnContext(now -> WorkerMonitor.this.reported(event));
    }

    @Override
    public void noticed(LauncherNotice notice) {
      context.runOnContext(now -> WorkerMonitor.this.noticed(notice));
    }

    @Override
    public void exiting() {
      recorder.releaseWaiting();
    }

    @Override
    public void exited(ExitCode exit) {
      context.runOnContext(now -> WorkerMonitor.this.exited(exit));
    }
  }
}
