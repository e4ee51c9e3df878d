package org.bagnetlab.queue.job;

import org.bagnetlab.protocol.WorkerEvent.Ready;

/**
 * Facts about the process that runs a job, part of its result's provenance.
 *
 * @param engine name and version of the engine
 * @param device the computing device
 * @param threads number of compute threads
 * @param fastPath whether the engine's fast kernels were verified to be active
 * @param codeVersion version of Bagnet Lab
 * @param pid process id
 */
public record WorkerFacts(
    String engine, String device, int threads, boolean fastPath, String codeVersion, long pid) {

  public static WorkerFacts of(Ready ready, long pid) {
    return new WorkerFacts(
        ready.engine(),
        ready.device(),
        ready.threads(),
        ready.fastPath(),
        ready.codeVersion(),
        pid);
  }
}
