package org.bagnetlab.queue.launch;

import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Cause;

/**
 * What a launcher reports about a worker: in a line among the worker's own on stderr, or as the
 * explanation of its end.
 */
public sealed interface LauncherNotice {

  /**
   * The worker waits for resources, so that its silence means nothing.
   *
   * @param cause for the job's timeline
   */
  record Waiting(Cause cause) implements LauncherNotice {}

  /**
   * A worker that had to wait has its resources.
   *
   * @param cause for the job's timeline
   */
  record Placed(Cause cause) implements LauncherNotice {}

  /** Any other line of the launcher's program, for the log. */
  record Remark() implements LauncherNotice {}

  /** Why a worker ended. */
  sealed interface Ending extends LauncherNotice {}

  /**
   * The worker was ended from outside; its job may be resumed elsewhere.
   *
   * @param cause what ended it
   */
  record Lost(Cause cause) implements Ending {}

  /**
   * The scheduler of workers is unreachable, at least for now.
   *
   * @param cause the reason
   */
  record Unreachable(Cause cause) implements Ending {}

  /** The job cannot run with this request. */
  record Refused(ErrorFamily family, String code, String message) implements Ending {}
}
