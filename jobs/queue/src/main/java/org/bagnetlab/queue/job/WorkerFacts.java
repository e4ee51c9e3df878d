package org.bagnetlab.queue.job;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Provenance;

/**
 * Facts about the process that runs a job.
 *
 * @param provenance what computes in it
 * @param code digest of the code that computed the job; several, joined by commas, if other code
 *     resumed it; empty if unknown
 * @param pid process id
 */
public record WorkerFacts(Provenance provenance, Optional<String> code, long pid) {

  /** Stands for the code of a part of a job, if it is unknown. */
  private static final String UNKNOWN = "unknown";

  /** The facts of a process that starts a job from its beginning. */
  public static WorkerFacts starting(Provenance provenance, long pid) {
    return new WorkerFacts(provenance, provenance.code().digest(), pid);
  }

  /**
   * The facts of a process that continues what another one computed.
   *
   * @param before the digests of the code that computed the job so far; empty if unknown
   */
  public static WorkerFacts resuming(Provenance provenance, long pid, Optional<String> before) {
    Optional<String> digest = provenance.code().digest();
    if (digest.equals(before)) {
      return starting(provenance, pid);
    }
    String known = before.orElse(UNKNOWN);
    String added = digest.orElse(UNKNOWN);
    return new WorkerFacts(
        provenance,
        Optional.of(
            List.of(known.split(",")).contains(added) ? known : "%s,%s".formatted(known, added)),
        pid);
  }
}
