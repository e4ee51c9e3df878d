package org.bagnetlab.queue.run;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.launch.ProcessIdentity;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.WorkerLog;
import org.bagnetlab.queue.launch.WorkerProcess;
import org.bagnetlab.queue.recovery.RunDirectoryCleaner;

/**
 * Starts a job's worker in such a way that a later server can find it if this server dies.
 *
 * @param ahead a process started ahead; it becomes the worker if it fits, otherwise it is ended
 */
record WorkerStart(
    Vertx vertx, WorkerContext workerContext, Job job, Optional<StartedAhead> ahead) {

  /** Starts a worker without sending it an assignment. If that fails, everything is cleaned up. */
  Future<Worker> in(Path directory) {
    return vertx
        .executeBlocking(() -> launch(directory))
        .onFailure(failure -> ahead.ifPresent(StartedAhead::end))
        .compose(this::remember);
  }

  private record Launched(Worker worker, Optional<ProcessIdentity> process) {}

  private Launched launch(Path directory) throws IOException {
    WorkerLauncher launcher = workerContext.launcher();
    // An earlier worker may still be running if it was unreachable when it was to be ended. If it
    // is still unreachable, its files are lost; the new worker writes to its own directory.
    launcher.end(List.of(job.id()));
    RunDirectoryCleaner.clean(workerContext.directory(), job.id());
    Files.createDirectories(directory);
    WorkerLog log =
        WorkerLog.open(workerContext.directory().log(job.id()), workerContext.limits().logBytes());
    try {
      Process process = process(directory);
      WorkerProcess worker = new WorkerProcess(process, "worker-" + job.id(), log);
      return new Launched(
          new Worker(job.id(), launcher, worker, log, directory),
          ProcessIdentity.running(process.pid()));
    } catch (IOException e) {
      log.note("The worker could not be started: " + e.getMessage());
      log.close();
      throw e;
    }
  }

  private Process process(Path directory) throws IOException {
    WorkerLauncher launcher = workerContext.launcher();
    if (ahead.isPresent()) {
      StartedAhead started = ahead.get();
      if (started.fits(launcher.commandLine(workerContext.slot(), job.id(), directory))) {
        return started.process();
      }
      started.end();
    }
    return launcher.start(
        workerContext.slot(),
        job.id(),
        directory,
        ProcessIdentity.variables(workerContext.directory().identity()));
  }

  /**
   * Stores the process's identity before it gets an assignment. A process that has already ended
   * need not be found later.
   */
  private Future<Worker> remember(Launched launched) {
    Worker worker = launched.worker();
    return launched
        .process()
        .map(process -> workerContext.jobs().launched(process.of(job.id())).map(worker))
        .orElse(Future.succeededFuture(worker))
        .recover(failure -> abandon(worker).transform(done -> Future.failedFuture(failure)));
  }

  private Future<Worker> abandon(Worker worker) {
    return vertx.executeBlocking(
        () -> {
          worker.end();
          worker.log().close();
          return worker;
        });
  }
}
