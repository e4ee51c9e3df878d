package org.bagnetlab.queue.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.DirectState;
import org.bagnetlab.queue.JobFilter;
import org.bagnetlab.queue.JobOrder;
import org.bagnetlab.queue.Lab;
import org.bagnetlab.queue.Move;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Resumed;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.launch.ProcessIdentity;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.directory.LabIdentity;
import org.bagnetlab.storage.job.WorkerRow;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Whatever ends a worker, its job goes on from what it left, or fails for a reason. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(120)
class RecoveryTests {

  @TempDir private Path root = Path.of("");

  /** A training whose worker left three states; the first is not kept. */
  private static long withStates(Lab lab) throws Exception {
    long id = lab.submit().id();
    lab.await(
        QueueEvent.EpochStored.class, event -> event.job() == id && event.epoch().epoch() == 2);
    assertThat(lab.artifacts(id))
        .extracting(ArtifactRow::name)
        .containsExactly("training-2-20", "training-2-30");
    return id;
  }

  private static int goneOnFrom(Lab lab, long id) throws Exception {
    lab.await(id, JobState.Name.SUCCEEDED);
    return lab.tested(id).images().orElse(0);
  }

  private static String resumed(Lab lab, long id) {
    Map<Long, Resumed> found =
        lab.database.read(tables -> JobRows.resumed(tables, List.of(id, 99L))).join();
    assertThat(found).containsOnlyKeys(id);
    return List.copyOf(found.values()).getFirst().text(Lab.result(lab.queue.find(id)).spec());
  }

  @Test
  void aTrainingGoesOnFromItsNewestState() throws Exception {
    try (Lab lab = Lab.ofProcesses(root, "states", Lab.PATIENT)) {
      long id = withStates(lab);
      lab.nextWorkers("continue");
      lab.kill(id);
      assertThat(goneOnFrom(lab, id)).isEqualTo(30);
      assertThat(lab.causes(id)).contains(new Cause.Continued(2, 30));
      assertThat(resumed(lab, id))
          .matches("resumed from epoch 2 of \\d+ \\(worker process was killed by signal 9.*\\)");
      // The second epoch ended after that state: it is learnt again.
      assertThat(lab.epochs(id)).extracting(EpochRow::epoch).containsExactly(1);
    }
  }

  @Test
  void ofADamagedStateTheOneBeforeIsTaken() throws Exception {
    try (Lab lab = new Lab(root, "states", Lab.PATIENT)) {
      long id = withStates(lab);
      lab.nextWorkers("continue");
      Files.writeString(lab.artifacts.file(lab.artifacts(id).get(1)), "batch");
      lab.kill(id);
      assertThat(goneOnFrom(lab, id)).isEqualTo(20);
      assertThat(lab.causes(id))
          .contains(
              new Cause.FileLost("training-2-30", "its file has 5 bytes instead of 8"),
              new Cause.Continued(2, 20));
    }
  }

  @Test
  void withoutAnyIntactStateItBeginsAnew() throws Exception {
    try (Lab lab = new Lab(root, "states", Lab.PATIENT)) {
      long id = withStates(lab);
      lab.nextWorkers("continue");
      for (ArtifactRow state : lab.artifacts(id)) {
        Files.delete(lab.artifacts.file(state));
      }
      lab.kill(id);
      assertThat(goneOnFrom(lab, id)).isZero();
      assertThat(lab.epochs(id)).isEmpty();
      assertThat(lab.artifacts(id)).isEmpty();
    }
  }

  @Test
  void aPausedJobFreesItsDeviceAndGoesOnWhenItIsResumed() throws Exception {
    try (Lab lab = new Lab(root, "states", Lab.PATIENT)) {
      long id = withStates(lab);
      lab.nextWorkers("continue");
      assertThat(Lab.result(lab.queue.pause(id)).state()).isInstanceOf(JobState.Pausing.class);
      lab.await(id, JobState.Name.PAUSED);
      long other = lab.submit().id();
      lab.await(other, JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.find(id)).state()).isInstanceOf(JobState.Paused.class);
      Lab.result(lab.queue.resume(id));
      assertThat(goneOnFrom(lab, id)).isEqualTo(31);
      assertThat(lab.causes(id))
          .containsExactly(
              Cause.Simple.SUBMITTED,
              new Cause.Started("CPU"),
              Cause.Simple.PAUSE_REQUESTED,
              Cause.Simple.STOPPED_WITH_CHECKPOINT,
              Cause.Simple.RESUMED,
              new Cause.Started("CPU"),
              new Cause.Continued(2, 31),
              Cause.Simple.COMPLETED);
    }
  }

  @Test
  void aQueuedJobIsPausedAtOnceAndStaysSo() throws Exception {
    Path data = root;
    long id;
    try (Lab lab = new Lab(data, "obey", Lab.PATIENT)) {
      lab.awaitProgress(lab.submit().id());
      id = lab.submit().id();
      assertThat(Lab.result(lab.queue.pause(id)).state().name()).isEqualTo(JobState.Name.PAUSED);
    }
    try (Lab lab = new Lab(data, "train", Lab.PATIENT)) {
      lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.find(id)).state().name()).isEqualTo(JobState.Name.PAUSED);
      Lab.result(lab.queue.cancel(id));
      assertThat(Lab.result(lab.queue.find(id)).state().name()).isEqualTo(JobState.Name.CANCELLED);
    }
  }

  /** An earlier one that could not be ended would write into the later one's files. */
  @Test
  void noTwoWorkersOfAJobHaveTheSameDirectory() throws Exception {
    try (Lab lab = Lab.ofProcesses(root, "obey", Lab.PATIENT)) {
      long id = lab.submit().id();
      for (int start = 1; start <= 3; start++) {
        lab.awaitProgress(id);
        assertThat(lab.directory.run(id).toFile().list())
            .containsExactlyInAnyOrder("log.txt", "worker-" + start);
        assertThat(lab.directory.worker(id, start)).exists();
        lab.kill(id);
      }
    }
  }

  @Test
  void whoNeverGetsOnFailsInTheEnd() throws Exception {
    try (Lab lab = new Lab(root, "crash", Lab.PATIENT)) {
      long id = lab.submit().id();
      Job failed = lab.await(id, JobState.Name.FAILED);
      JobError error = StateFacts.of(failed.state()).error().orElseThrow();
      assertThat(error.family()).isEqualTo(ErrorFamily.INTERNAL_ERROR);
      assertThat(error.message())
          .startsWith("Interrupted 6 times without progress. Last interruption: worker")
          .endsWith("java.lang.IllegalStateException: arrays");
      assertThat(lab.causes(id).stream().filter(Cause.Simple.RETRIED::equals)).hasSize(5);
      lab.nextWorkers("train");
      Lab.result(lab.queue.resume(id));
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(resumed(lab, id))
          .startsWith("began again, as no intact checkpoint had been saved (worker process exited");
    }
  }

  @Test
  void whoGetsOnIsTriedAgainAndAgain() throws Exception {
    try (Lab lab = new Lab(root, "states", Lab.PATIENT)) {
      long id = withStates(lab);
      for (int time = 1; time <= 7; time++) {
        lab.kill(id);
        lab.await(id, JobState.Name.INTERRUPTED);
        lab.await(
            QueueEvent.EpochStored.class, event -> event.job() == id && event.epoch().epoch() == 2);
      }
      assertThat(lab.causes(id)).contains(Cause.Simple.ADVANCED);
      assertThat(Lab.result(lab.queue.find(id)).state().name()).isEqualTo(JobState.Name.RUNNING);
    }
  }

  @Test
  void exhaustedMemoryIsNotTriedAgain() throws Exception {
    try (Lab lab = Lab.ofProcesses(root, "starve", Lab.PATIENT)) {
      Job job = lab.await(lab.submit().id(), JobState.Name.FAILED);
      JobError error = StateFacts.of(job.state()).error().orElseThrow();
      assertThat(error.family()).isEqualTo(ErrorFamily.INSUFFICIENT_RESOURCES);
      assertThat(error.code()).isEqualTo("out-of-memory");
    }
  }

  @Test
  void aFullDiskIsTriedAgain() throws Exception {
    try (Lab lab = new Lab(root, "full", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.INTERRUPTED);
      lab.nextWorkers("train");
      lab.await(id, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void aTrialPausesAtItsRung() throws Exception {
    try (Lab lab = new Lab(root, "rung", Lab.PATIENT)) {
      Job job = lab.await(lab.submit().id(), JobState.Name.PAUSED);
      assertThat(Lab.cause(job).code()).isEqualTo("rung-reached");
    }
  }

  @Test
  void aJobAboutARunWaitsForIt() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long run = lab.submit().id();
      lab.awaitProgress(run);
      Job waiting = lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run));
      assertThat(waiting.queuePosition().waitsFor()).contains(run);
      long doomed = lab.submit().id();
      long lost = lab.submit("{\"kind\":\"heatmap\",\"run\":%d}".formatted(doomed)).id();
      Lab.result(lab.queue.cancel(doomed));
      Job cancelled = lab.await(lost, JobState.Name.CANCELLED);
      assertThat(Lab.cause(cancelled)).isEqualTo(new Cause.CancelledWithJob(doomed));
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.resume(lost)))
          .withCauseInstanceOf(JobConflict.class);
      lab.nextWorkers("train");
      lab.kill(run);
      lab.await(run, JobState.Name.SUCCEEDED);
      lab.await(waiting.id(), JobState.Name.SUCCEEDED);
      Lab.result(lab.queue.resume(doomed));
      lab.await(doomed, JobState.Name.SUCCEEDED);
      lab.await(lost, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void aJobAboutARunThatFailsFails() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      lab.closeGate("wait");
      long run = lab.submit().id();
      long about = lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run)).id();
      lab.openGate();
      lab.submit();
      Job failed = lab.await(about, JobState.Name.FAILED);
      JobError error = StateFacts.of(failed.state()).error().orElseThrow();
      assertThat(error.code()).isEqualTo(JobError.NEEDS_RUN);
      assertThat(error.message()).contains("job %d".formatted(run), "FAILED");
    }
  }

  @Test
  void whatNeedsADeletedRunIsNotResumed() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      lab.closeGate("wait");
      long run = lab.submit().id();
      long about = lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run)).id();
      lab.openGate();
      lab.submit();
      lab.await(about, JobState.Name.FAILED);
      Lab.result(lab.queue.delete(run));
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.resume(about)))
          .withCauseInstanceOf(JobConflict.class)
          .withMessageContaining("was deleted");
    }
  }

  /** A report that is lost must not leave a gap: what comes after it is done again. */
  @Test
  void nothingIsStoredAfterAReportThatWasNot() throws Exception {
    try (Lab lab = new Lab(root, "gap", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.INTERRUPTED);
      assertThat(lab.artifacts(id)).extracting(ArtifactRow::name).containsExactly("training-2-10");
      lab.nextWorkers("continue");
      assertThat(goneOnFrom(lab, id)).isEqualTo(10);
    }
  }

  @Test
  void aRunWhoseCheckpointIsAlteredServesNobody() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long run = lab.submit().id();
      lab.await(run, JobState.Name.SUCCEEDED);
      Files.writeString(lab.artifacts.file(lab.artifacts(run).get(0)), "weighty");
      long id = lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run)).id();
      Job failed = lab.await(id, JobState.Name.FAILED);
      JobError error = StateFacts.of(failed.state()).error().orElseThrow();
      assertThat(error.code()).isEqualTo("checkpoint-lost");
      assertThat(error.message()).contains("run %d".formatted(run), "SHA-256");
    }
  }

  /** As a server that was killed leaves it: a job RUNNING, and its worker perhaps still there. */
  private void leave(long id, ProcessIdentity process) throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      lab.submit();
    }
    try (DirectState state = new DirectState(root)) {
      state.running(id, process.of(id));
    }
  }

  @Test
  void theWorkerOfADeadServerIsEnded() throws Exception {
    Process orphan = sleeper(LabIdentity.of(root));
    try {
      leave(1, ProcessIdentity.running(orphan.pid()).orElseThrow());
      try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
        assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
        lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
        assertThat(lab.causes(1)).contains(new Cause.OrphanEnded(orphan.pid()));
      }
    } finally {
      orphan.destroyForcibly();
    }
  }

  /** A process that was started for a data directory, as workers are. */
  private static Process sleeper(LabIdentity lab) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sleep", "600");
    builder.environment().putAll(ProcessIdentity.variables(lab));
    return builder.start();
  }

  /** A copy of a data directory has the numbers of the original's workers in its database. */
  @Test
  void theWorkersOfTheDataDirectoryThatThisOneIsACopyOfAreLeftAlone() throws Exception {
    LabIdentity copy = LabIdentity.of(root);
    Process theirs = sleeper(new LabIdentity(copy.id(), copy.path().resolveSibling("original")));
    try {
      leave(1, ProcessIdentity.running(theirs.pid()).orElseThrow());
      try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
        lab.await(1, JobState.Name.SUCCEEDED);
        assertThat(lab.causes(1)).contains(Cause.Simple.SERVER_DIED);
      }
      assertThat(theirs.isAlive()).isTrue();
    } finally {
      theirs.destroyForcibly();
    }
  }

  @Test
  void whatRanWhenTheServerDiedRunsBeforeAllThatWaits() throws Exception {
    long ran;
    long next;
    WorkerLimits slow =
        Lab.limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));
    try (Lab lab = new Lab(root, "obey", slow)) {
      ran = lab.submit().id();
      lab.awaitProgress(ran);
      next = lab.submit().id();
      // It would be before the other one if that had to queue up again.
      Lab.result(lab.queue.move(next, new Move.First()));
    }
    try (DirectState state = new DirectState(root)) {
      state.running(ran, new WorkerRow(ran, 1, "0", "this boot"));
    }
    try (Lab lab = new Lab(root, "train", slow)) {
      lab.await(next, JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.find(ran)).state().name()).isEqualTo(JobState.Name.SUCCEEDED);
      assertThat(lab.causes(ran)).contains(Cause.Simple.RETRIED);
    }
  }

  @Test
  void aProcessThatHasTheNumberByNowIsLeftAlone() throws Exception {
    Process other = sleeper(LabIdentity.of(root));
    try {
      ProcessIdentity now = ProcessIdentity.running(other.pid()).orElseThrow();
      leave(1, new ProcessIdentity(now.pid(), "1", now.boot()));
      try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
        assertThat(lab.causes(1)).contains(Cause.Simple.SERVER_DIED);
      }
      leave(1, new ProcessIdentity(now.pid(), now.started(), "another boot"));
      try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
        assertThat(lab.causes(1)).contains(Cause.Simple.MACHINE_RESTARTED);
      }
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aSilentWorkersJobIsTriedAgain() throws Exception {
    try (Lab lab =
        Lab.ofProcesses(
            root,
            "ignore",
            Lab.limits(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMillis(20)))) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.nextWorkers("train");
      lab.silence.start();
      lab.await(id, JobState.Name.INTERRUPTED);
      lab.silence.stop();
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.causes(id)).anyMatch(cause -> cause.code().equals("worker-silent"));
      assertThat(workers(lab)).isEmpty();
    }
  }

  @Test
  void aWorkerThatOnlySaysThatItLivesIsKilled() throws Exception {
    try (Lab lab =
        new Lab(
            root,
            "stall",
            Lab.limits(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMillis(20)))) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.nextWorkers("train");
      lab.silence.start();
      lab.await(id, JobState.Name.INTERRUPTED);
      lab.silence.stop();
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.causes(id)).anyMatch(cause -> cause.code().equals("worker-stalled"));
    }
  }

  private static List<WorkerRow> workers(Lab lab) {
    return lab.database.read(tables -> tables.workers().all()).join();
  }

  @Test
  void whoEndsIsForgottenAsAProcess() throws Exception {
    try (Lab lab = Lab.ofProcesses(root, "train", Lab.PATIENT)) {
      lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
      lab.awaitFreeDevice();
      assertThat(workers(lab)).isEmpty();
      assertThat(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 9, 0)).total())
          .isEqualTo(1);
    }
  }
}
