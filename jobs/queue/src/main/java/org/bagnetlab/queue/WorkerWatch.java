package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseCode;
import org.bagnetlab.queue.process.ExitCode;
import org.bagnetlab.queue.process.RecentKernelKills;
import org.bagnetlab.queue.process.Remark;
import org.bagnetlab.queue.process.WorkerProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over one worker from the moment that it gets its job until nothing is left of it. Lives
 * on the context of its verticle, where all its fields change.
 */
final class WorkerWatch {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);

  /** What can be done with the worker. */
  private sealed interface Phase {

    /** It can be told to stop, and be killed. */
    record Running() implements Phase {}

    /**
     * It is being ended, and what is said of its end from here on is about this.
     *
     * @param why it is ended
     * @param over when that is done
     */
    record Killed(Cause why, Future<?> over) implements Phase {}

    /** Its process ended. */
    record Gone() implements Phase {}
  }

  private final Vertx vertx;
  private final Context context;
  private final Worker worker;
  private final Reports reports;
  private final Remarks remarks = new Remarks();
  private final Silence silence;
  private final Promise<WorkerEnd> end = Promise.promise();
  private Phase phase = new Phase.Running();
  private Optional<Duration> grace = Optional.empty();
  private final RecentKernelKills kernelKills = new RecentKernelKills();
  private long timer;

  WorkerWatch(Vertx vertx, Context context, Supervisor supervisor, Job job, Worker worker) {
    this.vertx = vertx;
    this.context = context;
    this.worker = worker;
    this.reports = new Reports(supervisor, worker, job);
    this.silence = new Silence(supervisor.limits(), supervisor.ticker());
  }

  /** Gives the worker its job, and waits for its end. */
  Future<WorkerEnd> until(Assignment assignment) {
    worker.process().listen(worker.launcher(), new OnContext());
    worker.process().send(new WorkerCommand.Run(WorkerEvent.PROTOCOL, assignment));
    timer = vertx.setPeriodic(silence.interval().toMillis(), now -> look());
    lookForKernelKills();
    return end.future();
  }

  /** Asks the worker to stop, and kills it if it has not within this time. */
  void stop(Duration within) {
    grace = Optional.of(within);
    if (!(phase instanceof Phase.Running)) {
      return;
    }
    if (remarks.waiting()) {
      kill(Cause.of(CauseCode.STOPPED_BEFORE_PLACED));
      return;
    }
    worker.process().send(new WorkerCommand.Stop());
    vertx.setTimer(Math.max(1, within.toMillis()), now -> kill(Cause.workerNotStopping(within)));
  }

  private void look() {
    if (remarks.waiting() || reports.full()) {
      // It has no place yet, or waits for this server.
      silence.restart();
    }
    silence.tooLong().ifPresent(this::kill);
    lookForKernelKills();
  }

  private void lookForKernelKills() {
    if (worker.launcher().onThisMachine()) {
      var unused = blocking(kernelKills::look);
    }
  }

  private void kill(Cause why) {
    if (phase instanceof Phase.Running) {
      phase = new Phase.Killed(why, blocking(worker::end));
    }
  }

  /** What takes long, or may: off the event loop, and beside others of its kind. */
  private Future<?> blocking(Runnable work) {
    return vertx
        .executeBlocking(
            () -> {
              work.run();
              return worker;
            },
            false)
        .onFailure(failure -> LOG.warn("The worker of job {} may live on", worker.job(), failure))
        .otherwise(worker);
  }

  private void reported(WorkerEvent event) {
    remarks.speaks();
    if (event instanceof WorkerEvent.Heartbeat) {
      silence.alive();
    } else {
      silence.restart();
    }
    reports.add(event).onFailure(this::notStored);
  }

  private void notStored(Throwable failure) {
    var unused = blocking(() -> worker.log().note(Supervisor.error(failure).message()));
    kill(Cause.of(CauseCode.REPORT_NOT_STORED));
  }

  private void remarked(Remark remark) {
    if (phase instanceof Phase.Killed) {
      return;
    }
    boolean waited = remarks.waiting();
    remarks.add(remark);
    silence.restart();
    if (remark instanceof Remark.Waiting waiting && !waited) {
      reports.note(waiting.cause());
      grace.ifPresent(this::stop);
    } else if (remark instanceof Remark.Placed placed && waited) {
      reports.note(placed.cause());
    }
  }

  private void exited(ExitCode exit) {
    Phase last = phase;
    phase = new Phase.Gone();
    vertx.cancelTimer(timer);
    Optional<Cause> killed =
        last instanceof Phase.Killed kill ? Optional.of(kill.why()) : Optional.empty();
    reports
        .stored()
        .compose(stored -> nothingLeft(last))
        .compose(nothing -> vertx.executeBlocking(() -> end(exit, killed), false))
        .onComplete(end);
  }

  /** Only then the next worker may start. One without a last word may live on elsewhere. */
  private Future<?> nothingLeft(Phase last) {
    if (last instanceof Phase.Killed kill) {
      return kill.over();
    }
    return reports.lastWord().isPresent()
        ? Future.succeededFuture()
        : blocking(worker::endElsewhere);
  }

  /** Reads files, and so blocks. Nothing changes any more. */
  private WorkerEnd end(ExitCode exit, Optional<Cause> killed) {
    return new WorkerEnd(
        reports.lastWord(),
        exit,
        remarks.weightiest(),
        killed,
        reports.defect(),
        memoryRanOut(exit),
        reports.progress(),
        worker.log().lastLine());
  }

  private boolean memoryRanOut(ExitCode exit) {
    boolean shot = exit.signal().filter("SIGKILL"::equals).isPresent();
    return worker.log().toldOfExhaustedMemory()
        || (shot && worker.launcher().onThisMachine() && kernelKills.any());
  }

  /** Brings what the process's threads report onto the verticle's context, in order. */
  private final class OnContext implements WorkerProcess.Listener {

    @Override
    public void reported(WorkerEvent event) {
      reports.awaitRoom();
      context.runOnContext(now -> WorkerWatch.this.reported(event));
    }

    @Override
    public void remarked(Remark remark) {
      context.runOnContext(now -> WorkerWatch.this.remarked(remark));
    }

    @Override
    public void exiting() {
      reports.waitNoMore();
    }

    @Override
    public void exited(ExitCode exit) {
      context.runOnContext(now -> WorkerWatch.this.exited(exit));
    }
  }
}
