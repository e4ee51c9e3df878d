package org.bagnetlab.queue.run;

import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.WorkerLog;
import org.bagnetlab.queue.launch.WorkerProcess;

/**
 * A job's worker that was started: a process here, and perhaps more where its launcher put it.
 *
 * @param job the job's number
 * @param launcher that started it
 * @param process here
 * @param log what it says that is no event
 * @param directory where it writes; its alone
 */
record Worker(
    long job, WorkerLauncher launcher, WorkerProcess process, WorkerLog log, Path directory) {

  /**
   * Ends it at once, first where it runs: without its process here nobody may be left who could.
   * Blocks.
   */
  void end() {
    endElsewhere();
    process.kill();
  }

  /** Ends what of it is not on this machine. Blocks. */
  void endElsewhere() {
    if (!launcher.end(List.of(job))) {
      log.note("The worker may live on elsewhere. It has a directory of its own.");
    }
  }
}
