package org.bagnetlab.queue.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.launch.LauncherNotice;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.WorkerLog;
import org.bagnetlab.queue.launch.WorkerProcess;

/**
 * A job's started worker: a local process, and possibly a remote one.
 *
 * @param job id of the job
 * @param launcher that started it
 * @param process process on this machine
 * @param log receives its output other than events
 * @param directory the directory for its files, which no other worker uses
 */
record Worker(
    long job, WorkerLauncher launcher, WorkerProcess process, WorkerLog log, Path directory) {

  /**
   * Kills the worker immediately, the remote process first: without the local process, it might
   * become unreachable. Blocks.
   */
  void end() {
    endElsewhere();
    process.kill();
  }

  /** Why the worker ended, as far as the launcher knows. Blocks. */
  Optional<LauncherNotice> explanation(boolean reported) {
    return launcher.explanation(job, directory, reported).map(ending -> ending);
  }

  /** Ends the remote process of the worker. Blocks. */
  void endElsewhere() {
    if (!launcher.end(List.of(job))) {
      log.note("The worker may still be running elsewhere; it has its own directory.");
    }
  }
}
