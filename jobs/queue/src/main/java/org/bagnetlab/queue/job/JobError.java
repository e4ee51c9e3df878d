package org.bagnetlab.queue.job;

import java.util.Optional;
import org.bagnetlab.protocol.ErrorFamily;

/**
 * Why a job failed.
 *
 * @param family what kind of failure it is, which decides whether trying again can help
 * @param code stable name of the failure
 * @param message one line for a person
 * @param field the field of the specification at fault
 */
public record JobError(ErrorFamily family, String code, String message, Optional<String> field) {

  /** Code of the error of a job that cannot run without another one's result. */
  public static final String NEEDS_RUN = "run-missing";

  /** An internal error. */
  public static JobError internal(String code, String message) {
    return new JobError(ErrorFamily.INTERNAL_ERROR, code, message, Optional.empty());
  }
}
