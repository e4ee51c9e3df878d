package org.bagnetlab.queue.launch;

import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Cause;

/**
 * A launcher's report about a worker: a line in the worker's stderr, or the reason why the worker
 * ended.
 */
public sealed interface LauncherNotice {

  /**
   * The worker waits for resources, so its silence is not an error.
   *
   * @param cause for the job's timeline
   */
  record Waiting(Cause cause) implements LauncherNotice {}

  /**
   * The worker has been allocated the resources that it waited for.
   *
   * @param cause for the job's timeline
   */
  record Placed(Cause cause) implements LauncherNotice {}

  /** Any other line of the launcher's program. It only goes to the log. */
  record Remark() implements LauncherNotice {}

  /** Why a worker ended. */
  sealed interface Ending extends LauncherNotice {}

  /**
   * Something outside the job ended the worker; the job can be resumed elsewhere.
   *
   * @param cause what ended the worker
   */
  record Lost(Cause cause) implements Ending {}

  /**
   * The launcher's scheduler is unreachable, at least for now.
   *
   * @param cause the reason
   */
  record Unreachable(Cause cause) implements Ending {}

  /** The job cannot run with this request. */
  record Refused(ErrorFamily family, String code, String message) implements Ending {}
}
