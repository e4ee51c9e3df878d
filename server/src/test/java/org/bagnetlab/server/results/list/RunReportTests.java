package org.bagnetlab.server.results.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.QueuePosition;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told about one run. */
@Timeout(10)
class RunReportTests {

  private static final TrainSpec SPEC = TrainSpec.of("bagnet9", "controlled-15");

  /** Its loss became infinite in an epoch that did not end. */
  @Test
  void aTrainingThatFailedAsItDivergedSaysInWhichEpoch() {
    RunReport report = failed("diverged", List.of(epoch(1, 2.5), epoch(2, 3.5)));
    assertThat(report.trouble()).contains(Trouble.DIVERGED);
    assertThat(report.troubleSince()).contains(3);
    assertThat(failed("diverged", List.of()).troubleSince()).contains(1);
  }

  @Test
  void theTroubleBeganWithTheFirstEpochWhoseLossExploded() {
    RunReport report = failed("diverged", List.of(epoch(1, 2.5), epoch(2, 1e9)));
    assertThat(report.troubleSince()).contains(2);
  }

  @Test
  void aTrainingThatFailedForAnotherReasonHasNoTrouble() {
    RunReport report = failed("out-of-memory", List.of(epoch(1, 2.5)));
    assertThat(report.trouble()).isEmpty();
    assertThat(report.troubleSince()).isEmpty();
  }

  private static RunReport failed(String code, List<EpochRow> history) {
    JobError error = new JobError(ErrorFamily.USER_ERROR, code, "It failed.", Optional.empty());
    Job job =
        new Job(
            1,
            SPEC,
            "A training",
            Optional.empty(),
            new JobState.Failed(Optional.of(Instant.EPOCH), Instant.EPOCH, error),
            Instant.EPOCH,
            new QueuePosition(0, 0, false, Optional.empty(), Optional.empty(), false),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return RunReport.of(
        job,
        Optional.of(SPEC),
        Optional.empty(),
        Optional.empty(),
        history,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static EpochRow epoch(int epoch, double trainLoss) {
    return new EpochRow(epoch, .01, trainLoss, .5, 2, .5, true, 1);
  }
}
