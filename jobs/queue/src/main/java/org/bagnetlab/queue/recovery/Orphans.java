package org.bagnetlab.queue.recovery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.launch.ProcessIdentity;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.storage.directory.LabIdentity;
import org.bagnetlab.storage.job.WorkerRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kills the workers that a dead server left, before their jobs are restarted. */
public final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private final Vertx vertx;
  private final JobStore jobs;
  private final WorkerLauncher launcher;
  private final LabIdentity lab;

  public Orphans(Vertx vertx, JobStore jobs, WorkerLauncher launcher, LabIdentity lab) {
    this.vertx = vertx;
    this.jobs = jobs;
    this.launcher = launcher;
    this.lab = lab;
  }

  /** Kills the workers, and returns the outcome for each job. */
  public Future<Map<Long, Cause>> end() {
    return jobs.read(tables -> tables.workers().all())
        .compose(workers -> vertx.executeBlocking(() -> end(workers)));
  }

  private Map<Long, Cause> end(List<WorkerRow> workers) {
    // End remote workers first: without the local process they might become unreachable.
    launcher.end(workers.stream().map(WorkerRow::job).toList());
    Map<ProcessIdentity, Boolean> gone =
        ProcessIdentity.end(workers.stream().map(ProcessIdentity::of).toList(), lab);
    return workers.stream()
        .collect(
            Collectors.toMap(
                WorkerRow::job,
                worker -> {
                  ProcessIdentity process = ProcessIdentity.of(worker);
                  return cause(process, Optional.ofNullable(gone.get(process)));
                }));
  }

  private static Cause cause(ProcessIdentity process, Optional<Boolean> gone) {
    if (process.ofAnEarlierBoot()) {
      return Cause.Simple.MACHINE_RESTARTED;
    }
    if (gone.isEmpty()) {
      return Cause.Simple.SERVER_DIED;
    }
    Cause cause =
        gone.get() ? new Cause.OrphanEnded(process.pid()) : new Cause.OrphanLeft(process.pid());
    LOG.warn("A previous server was killed: {}", cause.text());
    return cause;
  }
}
