package org.bagnetlab.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.launch.ExitCode;
import org.bagnetlab.queue.launch.LauncherNotice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a launcher says of an end decides what the exit status leaves open, and nothing else. */
@Timeout(10)
class WorkerEndTests {

  private static final Instant NOW = Instant.EPOCH;
  private static final WorkerMemory ENOUGH = new WorkerMemory.Enough();
  private static final WorkerMemory EXHAUSTED = new WorkerMemory.Exhausted();
  private static final LauncherNotice LOST = new LauncherNotice.Lost(new Cause.SlurmNodeLost("n2"));
  private static final Optional<WorkerEvent.Progress> PROGRESS =
      Optional.of(new WorkerEvent.Progress(Phase.TRAINING, 2, 3, 31, 150, 40, 60));
  private static final LauncherNotice REFUSED =
      new LauncherNotice.Refused(ErrorFamily.USER_ERROR, "slurm-request", "Slurm cannot give it.");
  private static final Cause STOPPED = Cause.Simple.STOPPED_BEFORE_PLACED;
  private static final Cause NO_CONTROLLER = new Cause.SlurmUnreachable("no controller");
  private static final LauncherNotice WAITING =
      new LauncherNotice.Waiting(new Cause.SlurmWaiting("5"));

  private static JobEvent end(
      Optional<WorkerEvent.End> word, Optional<Cause> killed, LauncherNotice said) {
    return end(word, killed, ENOUGH, Optional.of(said));
  }

  private static JobEvent end(
      Optional<WorkerEvent.End> word,
      Optional<Cause> killed,
      WorkerMemory memory,
      Optional<LauncherNotice> said) {
    return new WorkerEnd(
            word, new ExitCode(1), said, killed, Optional.empty(), memory, PROGRESS, "srun: error")
        .event(NOW, false);
  }

  private static JobEvent end(LauncherNotice said) {
    return end(Optional.empty(), Optional.empty(), said);
  }

  @Test
  void theLaunchersReasonComesBeforeTheExitCode() {
    assertThat(end(LOST))
        .isEqualTo(new JobEvent.Lost(NOW, new Cause.SlurmNodeLost("n2").during(PROGRESS), true));
    assertThat(end(REFUSED)).isInstanceOf(JobEvent.Broke.class);
  }

  @Test
  void aWorkerWithAFinalEventWasNotEndedFromOutside() {
    assertThat(end(Optional.of(new WorkerEvent.Succeeded()), Optional.empty(), LOST))
        .isEqualTo(new JobEvent.Completed(NOW));
  }

  @Test
  void aJobTakenOutOfTheQueueOfSlurmNeverBegan() {
    assertThat(end(Optional.empty(), Optional.of(STOPPED), WAITING))
        .isEqualTo(new JobEvent.GivenBack(NOW, STOPPED));
    assertThat(end(Optional.empty(), Optional.of(STOPPED), ENOUGH, Optional.empty()))
        .isInstanceOf(JobEvent.Lost.class);
  }

  @Test
  void anUnreachableControllerIsNoFaultOfTheJob() {
    assertThat(end(new LauncherNotice.Unreachable(NO_CONTROLLER)))
        .isEqualTo(new JobEvent.Unplaced(NOW, NO_CONTROLLER));
  }

  @Test
  void aWrappedErrorOfMemoryIsOneOfMemory() {
    assertThat(failed(ErrorFamily.INTERNAL_ERROR, EXHAUSTED))
        .isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
    assertThat(failed(ErrorFamily.INTERNAL_ERROR, ENOUGH)).isEqualTo(ErrorFamily.INTERNAL_ERROR);
    // What its worker is sure of stands: a job may go on after it has told of memory.
    assertThat(failed(ErrorFamily.USER_ERROR, EXHAUSTED)).isEqualTo(ErrorFamily.USER_ERROR);
  }

  @Test
  void aJobThatOutgrewItsShareIsNotAtFault() {
    Cause cause = new Cause.OutgrewShare(1 << 30, "GPU 0");
    WorkerMemory outgrown = new WorkerMemory.OutgrewShare(cause);
    JobEvent again = new JobEvent.OutgrewShare(NOW, cause);
    assertThat(end(Optional.empty(), Optional.empty(), outgrown, Optional.empty()))
        .isEqualTo(again);
    for (ErrorFamily family :
        List.of(ErrorFamily.INTERNAL_ERROR, ErrorFamily.INSUFFICIENT_RESOURCES)) {
      assertThat(end(Optional.of(failure(family)), Optional.empty(), outgrown, Optional.empty()))
          .isEqualTo(again);
    }
    assertThat(failed(ErrorFamily.USER_ERROR, outgrown)).isEqualTo(ErrorFamily.USER_ERROR);
    assertThat(end(Optional.empty(), Optional.of(STOPPED), outgrown, Optional.empty()))
        .isInstanceOf(JobEvent.Lost.class);
  }

  private static WorkerEvent.End failure(ErrorFamily family) {
    return new WorkerEvent.Failed(family, "code", "a helper failed", Optional.empty());
  }

  private static ErrorFamily failed(ErrorFamily family, WorkerMemory memory) {
    JobEvent event = end(Optional.of(failure(family)), Optional.empty(), memory, Optional.empty());
    return ((JobEvent.Broke) event).error().family();
  }
}
