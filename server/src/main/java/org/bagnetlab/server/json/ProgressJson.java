package org.bagnetlab.server.json;

import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/** The progress of a job in the API. */
public record ProgressJson(
    Phase phase,
    int epoch,
    int epochs,
    int done,
    int total,
    double imagesPerSecond,
    double secondsLeft) {

  /** Converts a worker's report. */
  public static ProgressJson of(Progress progress) {
    return new ProgressJson(
        progress.phase(),
        progress.epoch(),
        progress.epochs(),
        progress.done(),
        progress.total(),
        progress.imagesPerSecond(),
        progress.secondsLeft());
  }
}
