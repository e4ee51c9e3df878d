package org.bagnetlab.queue.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.Lab;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.store.Causes;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.job.TransitionRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a training can go on from is not given up for a trouble that passes. */
@Timeout(120)
class ResumptionsTests {

  @TempDir private Path root = Path.of("");

  /** A night without Slurm must not read as if checkpoints had been lost. */
  @Test
  void aJobThatSlurmNeverPlacedWasNotInterrupted() {
    assertThat(Resumptions.interrupted(interruption(new Cause.SlurmUnreachable("no")))).isFalse();
    assertThat(Resumptions.interrupted(interruption(Cause.Simple.SERVER_STOPPED))).isTrue();
  }

  private static TransitionRow interruption(Cause cause) {
    return new TransitionRow(
        Instant.EPOCH,
        Optional.of(JobState.Name.RUNNING.name()),
        JobState.Name.INTERRUPTED.name(),
        Causes.row(cause));
  }

  @Test
  void aStateThatCannotBeReadIsKept() throws Exception {
    try (Lab lab = new Lab(root, "states", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(
          QueueEvent.EpochStored.class, event -> event.job() == id && event.epoch().epoch() == 2);
      Path newest = lab.artifacts.file(lab.artifacts(id).get(1));
      Path away = root.resolve("away");
      Files.move(newest, away);
      Files.createSymbolicLink(newest, newest);
      lab.nextWorkers("continue");
      lab.kill(id);
      Job failed = lab.await(id, JobState.Name.FAILED);
      assertThat(StateFacts.of(failed.state()).error().orElseThrow().family())
          .isEqualTo(ErrorFamily.INTERNAL_ERROR);
      assertThat(lab.artifacts(id))
          .extracting(ArtifactRow::name)
          .containsExactly("training-2-20", "training-2-30");

      Files.delete(newest);
      Files.move(away, newest);
      Lab.result(lab.queue.resume(id));
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.tested(id).images().orElse(0)).isEqualTo(30);
    }
  }
}
