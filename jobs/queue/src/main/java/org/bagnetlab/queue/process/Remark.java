package org.bagnetlab.queue.process;

import org.bagnetlab.protocol.ErrorFamily;

/**
 * What a launcher's own program tells about a worker, in a line among those that the worker writes
 * to stderr.
 */
public sealed interface Remark {

  /**
   * There is no place for the worker yet, so that its silence means nothing.
   *
   * @param words the same for people
   */
  record Waiting(String words) implements Remark {}

  /**
   * There is a place for a worker that had to wait.
   *
   * @param words the same for people
   */
  record Placed(String words) implements Remark {}

  /**
   * The worker was ended from outside; its job may go on elsewhere.
   *
   * @param reason for people, to be followed by how far the job was
   */
  record Lost(String reason) implements Remark {}

  /**
   * Nobody can be reached who gives workers a place, at least for now.
   *
   * @param reason for people
   */
  record Unreachable(String reason) implements Remark {}

  /** The job cannot run like this, or no more. */
  record Refused(ErrorFamily family, String code, String message) implements Remark {}

  /** For the log only: repeats what the exit status says. */
  record Aside() implements Remark {}
}
