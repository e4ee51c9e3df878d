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
 * @param job the job's number
 * @param launcher that started it
 * @param process here
 * @param log its output other than events
 * @param directory its exclusive directory for files
 */
record Worker(
    long job, WorkerLauncher launcher, WorkerProcess process, WorkerLog log, Path directory) {

  /**
   * Kills it immediately, the remote part first: without the local process, it might become
   * unreachable. Blocks.
   */
  void end() {
    endElsewhere();
    process.kill();
  }

  /** Why it ended, as far as the launcher knows. Blocks. */
  Optional<LauncherNotice> explanation(boolean reported) {
    return launcher.explanation(job, directory, reported).map(ending -> ending);
  }

  /** Ends its remote part. Blocks. */
  void endElsewhere() {
    if (!launcher.end(List.of(job))) {
      log.note("The worker may still be running elsewhere; it has its own directory.");
    }
  }
}
