package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.queue.JobEvent.Broke;
import org.bagnetlab.queue.JobEvent.CancelRequested;
import org.bagnetlab.queue.JobEvent.Completed;
import org.bagnetlab.queue.JobEvent.Lost;
import org.bagnetlab.queue.JobEvent.Resumed;
import org.bagnetlab.queue.JobEvent.Started;
import org.bagnetlab.queue.JobEvent.Stopped;
import org.bagnetlab.queue.JobState.Cancelled;
import org.bagnetlab.queue.JobState.Failed;
import org.bagnetlab.queue.JobState.Interrupted;
import org.bagnetlab.queue.JobState.Queued;
import org.bagnetlab.queue.JobState.Running;
import org.bagnetlab.queue.JobState.Succeeded;
import org.junit.jupiter.api.Test;

/** Every state meets every event: a few pairs lead somewhere, all others are refused. */
class LifecycleTests {

  private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
  private static final Instant LATER = START.plusSeconds(60);
  private static final JobError ERROR = JobError.internal("code", "broken");

  private static final Running RUNNING = new Running(START, false);
  private static final Running CANCELLING = new Running(START, true);
  private static final List<JobState> STATES =
      List.of(
          new Queued(),
          RUNNING,
          CANCELLING,
          new Interrupted(START, LATER, "gone"),
          new Succeeded(START, LATER),
          new Failed(START, LATER, ERROR),
          new Cancelled(Optional.of(START), LATER, true, "cancelled"));
  private static final List<JobEvent> EVENTS =
      List.of(
          new Started(START, "CPU"),
          new CancelRequested(LATER),
          new Resumed(LATER),
          new Completed(LATER),
          new Broke(LATER, ERROR),
          new Stopped(LATER, true),
          new Lost(LATER, "gone"));

  @Test
  void aQueuedJobStartsOrIsCancelled() {
    assertThat(Lifecycle.transition(new Queued(), EVENTS.get(0))).isEqualTo(RUNNING);
    assertThat(Lifecycle.transition(new Queued(), new CancelRequested(LATER)))
        .isEqualTo(new Cancelled(Optional.empty(), LATER, false, "cancelled before it started"));
  }

  @Test
  void aRunningJobEndsAsItsWorkerDid() {
    assertThat(Lifecycle.transition(RUNNING, new Completed(LATER)))
        .isEqualTo(new Succeeded(START, LATER));
    assertThat(Lifecycle.transition(RUNNING, new Broke(LATER, ERROR)))
        .isEqualTo(new Failed(START, LATER, ERROR));
    assertThat(Lifecycle.transition(RUNNING, new Lost(LATER, "gone")))
        .isEqualTo(new Interrupted(START, LATER, "gone"));
    assertThat(Lifecycle.transition(RUNNING, new CancelRequested(LATER))).isEqualTo(CANCELLING);
  }

  @Test
  void aJobThatIsToStopIsCancelledHoweverItsWorkerEnds() {
    assertThat(Lifecycle.transition(CANCELLING, new Lost(LATER, "killed")))
        .isEqualTo(new Cancelled(Optional.of(START), LATER, false, "killed"));
    assertThat(Lifecycle.transition(CANCELLING, new Stopped(LATER, true)))
        .isEqualTo(
            new Cancelled(
                Optional.of(START), LATER, true, "the worker stopped and left a checkpoint"));
    // Unless the worker was done before it heard of it.
    assertThat(Lifecycle.transition(CANCELLING, new Completed(LATER)))
        .isEqualTo(new Succeeded(START, LATER));
  }

  @Test
  void onlyAnInterruptedJobIsResumed() {
    assertThat(Lifecycle.transition(STATES.get(3), new Resumed(LATER))).isEqualTo(new Queued());
  }

  @Test
  void allOtherPairsAreRefused() {
    int allowed = 0;
    for (JobState state : STATES) {
      for (JobEvent event : EVENTS) {
        if (isAllowed(state, event)) {
          allowed++;
          assertThat(Lifecycle.transition(state, event)).isNotNull();
        } else {
          assertThatExceptionOfType(IllegalTransition.class)
              .isThrownBy(() -> Lifecycle.transition(state, event))
              .withMessageContaining(state.name().name());
        }
      }
    }
    assertThat(allowed).isEqualTo(2 + 2 * 5 + 1);
  }

  private static boolean isAllowed(JobState state, JobEvent event) {
    return switch (state.name()) {
      case QUEUED -> event instanceof Started || event instanceof CancelRequested;
      case RUNNING -> !(event instanceof Started || event instanceof Resumed);
      case INTERRUPTED -> event instanceof Resumed;
      case SUCCEEDED, FAILED, CANCELLED -> false;
    };
  }

  @Test
  void everyStateIsStoredAndReadBackAsItWas() {
    for (JobState state : STATES) {
      assertThat(StateFacts.of(state).state(state.name())).isEqualTo(state);
      assertThat(JobRows.state(JobRows.row(state))).isEqualTo(state);
    }
  }
}
