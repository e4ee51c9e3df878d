package org.bagnetlab.server.json;

import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent.Progress;

/** How far a job is, as the interface shows it. */
public record ProgressJson(
    Phase phase,
    int epoch,
    int epochs,
    int done,
    int total,
    double imagesPerSecond,
    double secondsLeft) {

  /** What a worker reported. */
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
