package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.CauseCode;
import org.bagnetlab.queue.process.ExitCode;
import org.bagnetlab.queue.process.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a launcher says of an end decides what the exit status leaves open, and nothing else. */
@Timeout(10)
class WorkerEndTests {

  private static final Instant NOW = Instant.EPOCH;
  private static final Remark LOST = new Remark.Lost(Cause.onNode(CauseCode.SLURM_NODE_LOST, "n2"));
  private static final Optional<WorkerEvent.Progress> PROGRESS =
      Optional.of(new WorkerEvent.Progress(Phase.TRAINING, 2, 3, 31, 150, 40, 60));
  private static final Remark REFUSED =
      new Remark.Refused(ErrorFamily.USER_ERROR, "slurm-request", "Slurm cannot give it.");
  private static final Cause STOPPED = Cause.of(CauseCode.STOPPED_BEFORE_PLACED);
  private static final Cause NO_CONTROLLER =
      Cause.said(CauseCode.SLURM_UNREACHABLE, "no controller");
  private static final Remark WAITING = new Remark.Waiting(Cause.slurm(false, "5"));

  private static JobEvent end(
      Optional<WorkerEvent.End> word, Optional<Cause> killed, Remark... said) {
    return end(word, killed, false, said);
  }

  private static JobEvent end(
      Optional<WorkerEvent.End> word, Optional<Cause> killed, boolean memory, Remark... said) {
    Remarks remarks = new Remarks();
    List.of(said).forEach(remarks::add);
    return new WorkerEnd(
            word,
            new ExitCode(1),
            remarks.weightiest(),
            killed,
            Optional.empty(),
            memory,
            PROGRESS,
            "srun: error")
        .event(NOW, false);
  }

  private static JobEvent end(Remark... said) {
    return end(Optional.empty(), Optional.empty(), said);
  }

  @Test
  void theReasonOfAnEndStandsBeforeWhatFollowsFromIt() {
    assertThat(end(WAITING, LOST, new Remark.Lost(Cause.of(CauseCode.SLURM_CANCELLED))))
        .isEqualTo(
            new JobEvent.Lost(
                NOW, Cause.onNode(CauseCode.SLURM_NODE_LOST, "n2").during(PROGRESS), true));
    assertThat(end(LOST, REFUSED)).isInstanceOf(JobEvent.Broke.class);
    assertThat(end(REFUSED, LOST)).isInstanceOf(JobEvent.Broke.class);
  }

  @Test
  void whoSaidALastWordWasNotEndedFromOutside() {
    assertThat(end(Optional.of(new WorkerEvent.Succeeded()), Optional.empty(), LOST))
        .isEqualTo(new JobEvent.Completed(NOW));
  }

  @Test
  void whoIsTakenOutOfTheQueueNeverBegan() {
    assertThat(end(Optional.empty(), Optional.of(STOPPED), WAITING))
        .isEqualTo(new JobEvent.GivenBack(NOW, STOPPED));
    assertThat(
            end(
                Optional.empty(),
                Optional.of(STOPPED),
                WAITING,
                new Remark.Placed(Cause.slurm(true, "5"))))
        .isInstanceOf(JobEvent.Lost.class);
  }

  @Test
  void whoFindsNobodyThatGivesAPlaceIsNotToBlame() {
    assertThat(end(new Remark.Unreachable(NO_CONTROLLER)))
        .isEqualTo(new JobEvent.Unplaced(NOW, NO_CONTROLLER));
  }

  @Test
  void whatKeptAWorkerFromStartingIsOverOnceItIsHeard() {
    Remarks remarks = new Remarks();
    remarks.add(new Remark.Unreachable(NO_CONTROLLER));
    remarks.speaks();
    assertThat(remarks.weightiest()).isEmpty();
    remarks.add(LOST);
    // Its last events may be read after what is said of its end.
    remarks.speaks();
    assertThat(remarks.weightiest()).contains(LOST);
  }

  @Test
  void aWrappedErrorOfMemoryIsOneOfMemory() {
    assertThat(failed(ErrorFamily.INTERNAL_ERROR, true))
        .isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
    assertThat(failed(ErrorFamily.INTERNAL_ERROR, false)).isEqualTo(ErrorFamily.INTERNAL_ERROR);
    // What its worker is sure of stands: a job may go on after it has told of memory.
    assertThat(failed(ErrorFamily.USER_ERROR, true)).isEqualTo(ErrorFamily.USER_ERROR);
  }

  private static ErrorFamily failed(ErrorFamily family, boolean memory) {
    WorkerEvent.End word =
        new WorkerEvent.Failed(family, "code", "a helper failed", Optional.empty());
    JobEvent event = end(Optional.of(word), Optional.empty(), memory);
    return ((JobEvent.Broke) event).error().family();
  }
}
