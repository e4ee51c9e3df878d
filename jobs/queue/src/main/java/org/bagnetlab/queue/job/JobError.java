package org.bagnetlab.queue.job;

import java.util.Optional;
import org.bagnetlab.protocol.ErrorFamily;

/**
 * Why a job failed.
 *
 * @param family kind of failure, which determines whether a retry can help
 * @param code stable name of the failure
 * @param message one line for users
 * @param field the invalid field of the specification
 */
public record JobError(ErrorFamily family, String code, String message, Optional<String> field) {

  /** Error code of a job whose required result of another job is missing. */
  public static final String NEEDS_RUN = "run-missing";

  /** An internal error. */
  public static JobError internal(String code, String message) {
    return new JobError(ErrorFamily.INTERNAL_ERROR, code, message, Optional.empty());
  }
}
