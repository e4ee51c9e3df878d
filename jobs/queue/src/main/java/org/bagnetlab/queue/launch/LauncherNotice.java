package org.bagnetlab.queue.launch;

import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Cause;

/**
 * What a launcher's own program reports about a worker, in a line among those that the worker
 * writes to stderr.
 */
public sealed interface LauncherNotice {

  /**
   * There is no place for the worker yet, so that its silence means nothing.
   *
   * @param cause the same for the job's timeline
   */
  record Waiting(Cause cause) implements LauncherNotice {}

  /**
   * There is a place for a worker that had to wait.
   *
   * @param cause the same for the job's timeline
   */
  record Placed(Cause cause) implements LauncherNotice {}

  /**
   * The worker was ended from outside; its job may be resumed elsewhere.
   *
   * @param cause what ended it
   */
  record Lost(Cause cause) implements LauncherNotice {}

  /**
   * The scheduler of workers is unreachable, at least for now.
   *
   * @param cause the reason
   */
  record Unreachable(Cause cause) implements LauncherNotice {}

  /** The job cannot run with this request. */
  record Refused(ErrorFamily family, String code, String message) implements LauncherNotice {}

  /** For the log only: repeats the information of the exit status. */
  record Echo() implements LauncherNotice {}
}
