package org.bagnetlab.queue;

import java.util.Optional;
import org.bagnetlab.queue.JobState.Cancelled;
import org.bagnetlab.queue.JobState.Failed;
import org.bagnetlab.queue.JobState.Interrupted;
import org.bagnetlab.queue.JobState.Queued;
import org.bagnetlab.queue.JobState.Running;
import org.bagnetlab.queue.JobState.Succeeded;

/** The whole life of a job, as one pure function. */
final class Lifecycle {

  private Lifecycle() {}

  /**
   * The state after an event.
   *
   * @throws IllegalTransition if the event cannot happen in this state
   */
  static JobState transition(JobState state, JobEvent event) {
    if (state instanceof Queued && event instanceof JobEvent.Started started) {
      return new Running(started.at(), false);
    }
    if (state instanceof Queued && event instanceof JobEvent.CancelRequested request) {
      return new Cancelled(Optional.empty(), request.at(), false, "cancelled before it started");
    }
    if (state instanceof Interrupted && event instanceof JobEvent.Resumed) {
      return new Queued();
    }
    if (state instanceof Running running) {
      return whileRunning(running, event);
    }
    throw new IllegalTransition(state, event);
  }

  private static JobState whileRunning(Running running, JobEvent event) {
    if (event instanceof JobEvent.CancelRequested) {
      return new Running(running.startedAt(), true);
    }
    if (event instanceof JobEvent.Completed completed) {
      return new Succeeded(running.startedAt(), completed.at());
    }
    if (event instanceof JobEvent.Broke broke) {
      return new Failed(running.startedAt(), broke.at(), broke.error());
    }
    if (event instanceof JobEvent.Stopped stopped) {
      return new Cancelled(
          Optional.of(running.startedAt()), stopped.at(), stopped.checkpoint(), stopped.cause());
    }
    if (event instanceof JobEvent.GivenBack back) {
      return running.cancelRequested()
          ? new Cancelled(Optional.empty(), back.at(), false, "cancelled before it started")
          : new Queued();
    }
    if (event instanceof JobEvent.Lost lost) {
      return running.cancelRequested()
          ? new Cancelled(Optional.of(running.startedAt()), lost.at(), false, lost.reason())
          : new Interrupted(running.startedAt(), lost.at(), lost.reason());
    }
    throw new IllegalTransition(running, event);
  }
}
