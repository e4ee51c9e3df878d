package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.IllegalTransition;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.job.Transition;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.Removal;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cost.JobCostRow;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Jobs run in real processes, and their states are true whatever those do. */
@ResourceLock(Lab.THREADS)
class JobQueueTests {

  @TempDir Path root;

  @Test
  void runsAJobAndStoresWhatItFindsOut() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long id = lab.submit().id();
      Job done = lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.directory.run(id).toFile().list()).containsExactly(DataDirectory.LOG);
      assertThat(done.worker().orElseThrow().provenance().engine().name()).isEqualTo("tiny 1");
      assertThat(lab.epochs(id)).extracting(EpochRow::epoch).containsExactly(1, 2, 3);
      assertThat(lab.tested(id).value()).isEqualTo(.75);
      List<ArtifactRow> artifacts = lab.artifacts(id);
      assertThat(artifacts).extracting(ArtifactRow::kind).containsExactly("checkpoint");
      assertThat(lab.artifacts.file(artifacts.get(0))).hasContent("weights");
      assertThat(Lab.result(lab.queue.timeline(id)))
          .extracting(Transition::to)
          .containsExactly(JobState.Name.QUEUED, JobState.Name.RUNNING, JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.find(id)).progress()).isEmpty();
    }
  }

  /** Each worker costs something, and a job that was interrupted costs what all of them did. */
  @Test
  void theCostOfAJobIsStoredBeforeItsEnd() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.nextWorkers("train");
      lab.silence.pass(Duration.ofSeconds(9));
      lab.kill(id);
      lab.await(id, JobState.Name.INTERRUPTED);
      JobCostRow first = lab.cost(id).orElseThrow();
      assertThat(first.deviceSeconds()).isEqualTo(9);
      assertThat(first.processorSeconds()).isEmpty(); // it was killed before it reported
      lab.await(id, JobState.Name.SUCCEEDED);
      JobCostRow both = lab.cost(id).orElseThrow();
      assertThat(both.deviceSeconds()).isEqualTo(9);
      assertThat(both.processorSeconds()).contains(TinyWorker.USAGE.processorSeconds());
      assertThat(both.peakMemory()).isEqualTo(TinyWorker.USAGE.peakMemory());
      assertThat(both.peakDeviceMemory()).isEqualTo(TinyWorker.USAGE.peakDeviceMemory());
    }
  }

  @Test
  void tellsWhatHappensInItsOrder() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.heard)
          .filteredOn(event -> !(event instanceof QueueEvent.DeviceChanged))
          .extracting(event -> event.getClass().getSimpleName())
          .containsExactly(
              "JobChanged",
              "JobChanged",
              "JobChanged",
              "Progressed",
              "EpochStored",
              "EpochStored",
              "EpochStored",
              "ResultStored",
              "ArtifactStored",
              "JobChanged");
    }
  }

  @Test
  void runsJobsOneAfterAnotherInTheirOrder() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      List<Long> ids = List.of(lab.submit().id(), lab.submit().id(), lab.submit().id());
      for (long id : ids) {
        lab.await(id, JobState.Name.SUCCEEDED);
      }
      assertThat(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 2, 0)).jobs())
          .extracting(Job::id)
          .containsExactly(ids.get(2), ids.get(1));
      assertThat(
              Lab.result(
                      lab.queue.list(
                          new JobFilter(Optional.of(JobState.Name.SUCCEEDED), Optional.empty()),
                          JobOrder.NEWEST,
                          9,
                          0))
                  .total())
          .isEqualTo(3);
    }
  }

  @Test
  void aKilledWorkersJobGoesOnByItself() throws Exception {
    try (Lab lab = Lab.ofProcesses(root, "obey", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.nextWorkers("train");
      lab.kill(id);
      Job job = lab.await(id, JobState.Name.INTERRUPTED);
      assertThat(Lab.cause(job)).isEqualTo(Lab.inSecondEpoch(new Cause.WorkerKilled(9, "SIGKILL")));
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.epochs(id)).hasSize(3);
      assertThat(lab.causes(id)).contains(Cause.Simple.RETRIED);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.resume(id)))
          .withCauseInstanceOf(IllegalTransition.class);
    }
  }

  @Test
  void aCancelledJobLeavesItsCheckpoint() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      Job asked = Lab.result(lab.queue.cancel(id));
      assertThat(asked.state()).isInstanceOf(JobState.Running.class);
      Job cancelled = lab.await(id, JobState.Name.CANCELLED);
      assertThat(StateFacts.of(cancelled.state()).checkpoint()).isTrue();
      assertThat(lab.artifacts(id)).hasSize(1);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.cancel(id)))
          .withCauseInstanceOf(IllegalTransition.class);
    }
  }

  /** Its worker is not there yet when the job is cancelled, and stops as soon as it is. */
  @Test
  void aJobThatIsCancelledWhileItsWorkerStartsLeavesItsCheckpoint() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    Lab.Setup slowStart =
        Lab.Setup.standard()
            .startedBy((tiny, data) -> new LaunchedAfter(tiny.inThisProcess(), cancelled));
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT, slowStart)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.RUNNING);
      Lab.result(lab.queue.cancel(id));
      cancelled.countDown();
      Job ended = lab.await(id, JobState.Name.CANCELLED);
      assertThat(StateFacts.of(ended.state()).checkpoint()).isTrue();
    }
  }

  /** Starts no worker before something has happened. */
  private record LaunchedAfter(WorkerLauncher launcher, CountDownLatch happened)
      implements WorkerLauncher {

    @Override
    public CommandLine commandLine(DeviceSlot slot) {
      return launcher.commandLine(slot);
    }

    @Override
    public Process start(DeviceSlot slot, long job, Path directory, Map<String, String> variables)
        throws IOException {
      try {
        happened.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return launcher.start(slot, job, directory, variables);
    }
  }

  @Test
  void aWorkerThatDoesNotStopIsKilled() throws Exception {
    WorkerLimits limits =
        Lab.limits(Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofMinutes(1));
    try (Lab lab = new Lab(root, "ignore", limits)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      Lab.result(lab.queue.cancel(id));
      Job cancelled = lab.await(id, JobState.Name.CANCELLED);
      assertThat(StateFacts.of(cancelled.state()).checkpoint()).isFalse();
      // The timeline has how its worker ended.
      assertThat(Lab.cause(cancelled)).isEqualTo(Cause.Simple.CANCEL_REQUESTED);
      assertThat(lab.causes(id)).contains(Lab.inSecondEpoch(new Cause.WorkerNotStopping(50)));
    }
  }

  @Test
  void nothingStartsOnADeviceWhoseGateIsClosed() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("another program uses it");
      long id = lab.submit().id();
      QueueEvent.DeviceChanged changed =
          lab.await(QueueEvent.DeviceChanged.class, event -> event.device().refusal().isPresent());
      assertThat(changed.device().refusal()).contains("another program uses it");
      assertThat(Lab.result(lab.queue.find(id)).state().name()).isEqualTo(JobState.Name.QUEUED);
      assertThat(lab.queue.devices().get(0).job()).isEmpty();
    }
  }

  @Test
  void aQueuedJobIsCancelledAtOnce() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      lab.awaitProgress(lab.submit().id());
      long waiting = lab.submit().id();
      assertThat(Lab.result(lab.queue.cancel(waiting)).state())
          .isInstanceOf(JobState.Cancelled.class);
    }
  }

  @Test
  void aSilentWorkerIsKilledAndItsJobInterrupted() throws Exception {
    WorkerLimits limits =
        Lab.limits(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (Lab lab = new Lab(root, "ignore", limits)) {
      lab.silence.start();
      Job job = lab.await(lab.submit().id(), JobState.Name.INTERRUPTED);
      assertThat(Lab.cause(job).code()).isEqualTo("worker-silent");
    }
  }

  @Test
  void aWorkersRefusalIsTheJobsFailure() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      Job job = lab.await(lab.submit().id(), JobState.Name.FAILED);
      assertThat(StateFacts.of(job.state()).error())
          .contains(
              new JobError(
                  ErrorFamily.USER_ERROR,
                  "image-missing",
                  "There is no image 'a.jpg'.",
                  Optional.of("image")));
    }
  }

  @Test
  void aFileOfAnotherChecksumFailsTheJobAndIsNotStored() throws Exception {
    try (Lab lab = new Lab(root, "lie", Lab.PATIENT)) {
      Job job = lab.await(lab.submit().id(), JobState.Name.FAILED);
      assertThat(StateFacts.of(job.state()).error().orElseThrow().code())
          .isEqualTo("artifact-refused");
      assertThat(lab.artifacts(job.id())).isEmpty();
    }
  }

  /** No table would show it. */
  @Test
  void aResultThatItsExperimentDoesNotDeclareFailsTheJob() throws Exception {
    try (Lab lab = new Lab(root, "invent", Lab.PATIENT)) {
      Job job = lab.await(lab.submit().id(), JobState.Name.FAILED);
      JobError error = StateFacts.of(job.state()).error().orElseThrow();
      assertThat(error.code()).isEqualTo("undeclared-output");
      assertThat(error.message()).contains("'weather'");
      assertThat(lab.database.read(tables -> tables.results().ofJob(job.id())).join()).isEmpty();
    }
  }

  /** A newer version queued it, and this one took its place. */
  @Test
  void aJobOfAnUnknownExperimentFails() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long id =
          lab.database
              .write(
                  tables ->
                      tables
                          .jobs()
                          .insert(
                              NewJob.of(
                                  "bake",
                                  "{\"kind\":\"bake\",\"minutes\":7}",
                                  "a loaf",
                                  Instant.EPOCH)))
              .join();
      lab.submit();
      Job job = lab.await(id, JobState.Name.FAILED);
      JobError error = StateFacts.of(job.state()).error().orElseThrow();
      assertThat(error.field()).contains("kind");
      assertThat(error.message()).contains("'bake'");
    }
  }

  @Test
  void aCoarseMapIsToldOfAndThenReplaced() throws Exception {
    try (Lab lab = new Lab(root, "refine", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.heard)
          .filteredOn(QueueEvent.ArtifactStored.class::isInstance)
          .extracting(event -> ((QueueEvent.ArtifactStored) event).artifact().name())
          .containsExactly("coarse.png", "fine.png");
      assertOnlyTheFineMapIsLeft(lab, id);
    }
  }

  @Test
  void whoIsKilledBeforeTheFineMapLeavesTheCoarseOneUntilItsJobRunsAgain() throws Exception {
    try (Lab lab = new Lab(root, "coarse", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(QueueEvent.ArtifactStored.class, event -> event.artifact().job() == id);
      lab.nextWorkers("refine");
      lab.kill(id);
      lab.await(id, JobState.Name.INTERRUPTED);
      lab.await(id, JobState.Name.SUCCEEDED);
      assertOnlyTheFineMapIsLeft(lab, id);
    }
  }

  private static void assertOnlyTheFineMapIsLeft(Lab lab, long id) throws Exception {
    assertThat(lab.artifacts(id)).extracting(ArtifactRow::name).containsExactly("fine.png");
    assertThat(lab.directory.artifacts().resolve("" + id).toFile().list()).hasSize(1);
  }

  @Test
  void outputThatIsNoEventGoesToTheLog() throws Exception {
    try (Lab lab = Lab.ofProcesses(root, "babble", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.epochs(id)).hasSize(3);
      assertThat(lab.directory.log(id).toFile().length()).isLessThan(100_000);
      assertThat(lab.directory.log(id))
          .content()
          .contains("a line for the log", "Not an event", "{not json", "dance");
    }
  }

  @Test
  void aJobAboutARunGetsItsNetwork() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long run = lab.submit().id();
      lab.await(run, JobState.Name.SUCCEEDED);
      long id = lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run)).id();
      lab.await(id, JobState.Name.SUCCEEDED);
      // The tiny worker says so by the number of images.
      assertThat(lab.tested(id).images()).contains(200);
      assertRefused(lab, "{\"kind\":\"evaluate\",\"run\":%d}".formatted(id), "run");
      assertRefused(
          lab, "{\"kind\":\"scramble\",\"run\":%d,\"grids\":\"4, 7\"}".formatted(run), "grids");
    }
  }

  @Test
  void aTrainingFromARunGetsItsNetworkAndSaysHowItWasTrained() throws Exception {
    String next =
        "{\"kind\":\"train\",\"architecture\":\"%s\",\"dataset\":\"controlled-15\",\"width\":%s,\"fromRun\":%d}";
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long run = lab.submit().id();
      long id = lab.submit(next.formatted("bagnet33", .25, run)).id();
      Job done = lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(((TrainSpec) done.spec()).regime()).isEqualTo("pretrained on scene15 by run 1");
      // The tiny worker says by the number of images that it was given a network.
      assertThat(lab.tested(id).images()).contains(200);
      assertRefused(lab, next.formatted("bagnet33", .5, run), "width");
      assertRefused(lab, next.formatted("resnet50", .25, run), "architecture");
      assertRefused(lab, next.formatted("bagnet33", .25, 99), "fromRun");
      // It has its own network: the images of the first one are no longer needed.
      Lab.result(lab.queue.removeDataset("scene15", () -> () -> {}));
      lab.awaitFreeDevice();
      Lab.result(lab.queue.delete(run));
      assertThat(((TrainSpec) Lab.result(lab.queue.find(id)).spec()).subject()).contains(run);
    }
  }

  @Test
  void aTrainingFromARunHasItsWidthUnlessItSaysOtherwise() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      String first =
          "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"width\":0.75%s}";
      long run = lab.submit(first.formatted("")).id();
      String next = first.formatted(",\"fromRun\":" + run);
      Job same = lab.submit(next.replace(",\"width\":0.75", ""));
      assertThat(((TrainSpec) same.spec()).width()).isEqualTo(.75);
      assertThat(same.title()).contains("width 0.75");
      assertThat(lab.submit(next).spec()).isEqualTo(same.spec());
      assertRefused(lab, next.replace("0.75", "0.5"), "width");
    }
  }

  /** Its state contains all weights. */
  @Test
  void aStoppedTrainingFromARunResumesWithoutIt() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long run = lab.submit().id();
      lab.await(run, JobState.Name.SUCCEEDED);
      lab.nextWorkers("obey");
      long id =
          lab.submit(
                  "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"fromRun\":1}")
              .id();
      lab.awaitProgress(id);
      Lab.result(lab.queue.cancel(id));
      lab.await(id, JobState.Name.CANCELLED);
      lab.awaitFreeDevice();
      Lab.result(lab.queue.delete(run));
      lab.nextWorkers("continue");
      Lab.result(lab.queue.resume(id));
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.tested(id).images()).contains(31);
    }
  }

  @Test
  void aTrainingFromAnUnfinishedRunWaitsForIt() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long run = lab.submit().id();
      lab.awaitProgress(run);
      long id =
          lab.submit(
                  "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"fromRun\":1}")
              .id();
      assertThat(Lab.result(lab.queue.find(id)).queuePosition().waitsFor()).contains(run);
      Lab.result(lab.queue.cancel(run));
      lab.await(id, JobState.Name.CANCELLED);
    }
  }

  @Test
  void aJobAboutNoFitRunIsRefusedAndNotStored() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      assertRefused(lab, "{\"kind\":\"heatmap\",\"run\":99}", "run");
      long run = lab.submit().id();
      lab.awaitProgress(run);
      Lab.result(lab.queue.cancel(run));
      lab.await(run, JobState.Name.CANCELLED);
      assertRefused(lab, "{\"kind\":\"heatmap\",\"run\":%d}".formatted(run), "run");
      assertThat(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 9, 0)).total())
          .isEqualTo(1);
    }
  }

  private static void assertRefused(Lab lab, String json, String field) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> lab.submit(json))
        .havingCause()
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidSpec.class))
        .returns(field, InvalidSpec::field);
  }

  @Test
  void aDeletedJobIsGoneWithItsFiles() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.SUCCEEDED);
      lab.awaitFreeDevice();
      Lab.result(lab.queue.delete(id));
      assertThat(lab.directory.run(id)).doesNotExist();
      assertThat(lab.directory.artifacts()).isEmptyDirectory();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.find(id)))
          .satisfies(Lab.refusal("job-not-found"));
    }
  }

  @Test
  void aRunningJobIsNotDeleted() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.delete(id)))
          .withCauseInstanceOf(JobConflict.class)
          .withMessageContaining("RUNNING");
    }
  }

  @Test
  void aStoppedQueueLeavesItsJobInterrupted() throws Exception {
    long id;
    long waiting;
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      id = lab.submit().id();
      waiting = lab.submit().id();
      lab.awaitProgress(id);
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(id, JobState.Name.SUCCEEDED);
      lab.await(waiting, JobState.Name.SUCCEEDED);
      assertThat(lab.causes(id))
          .contains(Lab.inSecondEpoch(Cause.Simple.SERVER_STOPPED), Cause.Simple.RETRIED);
    }
  }

  /** Its worker is gone by then, and cannot be told to stop. */
  @Test
  @Timeout(60)
  void whoFinishesBeforeTheQueueStopsHasFinished() throws Exception {
    long id;
    CountDownLatch stopping = new CountDownLatch(1);
    try (Lab lab = new Lab(root, "burst", Lab.PATIENT)) {
      id = lab.submit().id();
      lab.awaitProgress(id);
      lab.slowDatabase(stopping);
      Thread exit = lab.exitOfWorker(id);
      lab.go();
      exit.join();
      Future<Void> closed = lab.queue.close();
      stopping.countDown();
      Lab.result(closed);
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      assertThat(Lab.result(lab.queue.find(id)).state().name()).isEqualTo(JobState.Name.SUCCEEDED);
    }
  }

  @Test
  @Timeout(60)
  void theLastWordIsHeardHoweverSlowlyTheOnesBeforeItAreStored() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (Lab lab = Lab.ofProcesses(root, "burst", Lab.PATIENT)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.slowDatabase(gone);
      Thread exit = lab.exitOfWorker(id);
      lab.go();
      exit.join();
      gone.countDown();
      lab.await(id, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  @Timeout(60)
  void aWorkerThatWaitsForASlowDatabaseIsNotSilent() throws Exception {
    WorkerLimits limits =
        Lab.limits(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMinutes(1));
    CountDownLatch over = new CountDownLatch(1);
    try (Lab lab = new Lab(root, "flood", limits)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.slowDatabase(over);
      lab.go();
      lab.awaitBlockedReader(id);
      lab.silence.start();
      while (lab.silence.getAsLong() < 5 * limits.silence().toNanos()) {
        Thread.onSpinWait();
      }
      lab.silence.stop();
      over.countDown();
      lab.await(id, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void aStoppedQueueLeavesWhatDidNotStartQueued() throws Exception {
    long waiting;
    long claimed;
    try (Lab lab = Lab.ofProcesses(root, "obey", Lab.PATIENT)) {
      long running = lab.submit().id();
      waiting = lab.submit().id();
      claimed = lab.submit().id();
      lab.awaitProgress(running);
      Lab.result(lab.queue.startNoMore());
      lab.kill(running);
      lab.await(running, JobState.Name.INTERRUPTED);
      JobState taken = new JobState.Running(Instant.EPOCH, Optional.empty(), 0);
      lab.database
          .write(
              tables -> {
                tables.jobs().update(claimed, JobRows.row(taken));
                return claimed;
              })
          .join();
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(waiting, JobState.Name.SUCCEEDED);
      lab.await(claimed, JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.timeline(waiting))).hasSize(3);
      assertThat(Lab.result(lab.queue.timeline(claimed)).get(1).to())
          .isEqualTo(JobState.Name.QUEUED);
    }
  }

  private static final String FROM_WEIGHTS =
      """
      {"kind":"train","architecture":"bagnet33","dataset":"scene15","weights":"imagenet"}
      """;

  private static Removal taken(AtomicBoolean removed) {
    return () -> {
      removed.set(true);
      return () -> {};
    };
  }

  /** On a network file system the files of a large data set take minutes. */
  @Test
  @Timeout(60)
  void jobsAreQueuedWhileRemovedFilesAreDeleted() throws Exception {
    CountDownLatch deleted = new CountDownLatch(1);
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      Future<Void> removing =
          lab.queue.removeDataset(
              "large",
              () ->
                  () -> {
                    try {
                      deleted.await();
                    } catch (InterruptedException e) {
                      throw new IOException(e);
                    }
                  });
      lab.await(lab.submit(FROM_WEIGHTS).id(), JobState.Name.SUCCEEDED);
      assertThat(removing.isComplete()).isFalse();
      deleted.countDown();
      Lab.result(removing);
    }
  }

  @Test
  @Timeout(60)
  void weightsStayWhileAJobIsToStartFromThem() throws Exception {
    AtomicBoolean removed = new AtomicBoolean();
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long id = lab.submit(FROM_WEIGHTS).id();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.removeWeights("imagenet", taken(removed))))
          .satisfies(Lab.refusal("weights-needed"))
          .havingCause()
          .withMessageContaining("Job %d", id);
      assertThat(removed).isFalse();
      lab.awaitProgress(id);
      Lab.result(lab.queue.cancel(id));
      lab.await(id, JobState.Name.CANCELLED);
      Lab.result(lab.queue.removeWeights("imagenet", taken(removed)));
      assertThat(removed).isTrue();
    }
  }

  /** A job about an imported network waits for no run, and keeps its weights and its images. */
  @Test
  @Timeout(60)
  void anImportedNetworkStaysWhileAJobIsAboutIt() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long id =
          lab.submit("{\"kind\":\"evaluate\",\"weights\":\"imagenet\",\"dataset\":\"scene15\"}")
              .id();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.removeWeights("imagenet", () -> () -> {})))
          .satisfies(Lab.refusal("weights-needed"))
          .havingCause()
          .withMessageContaining("'imagenet'");
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.removeDataset("scene15", () -> () -> {})))
          .satisfies(Lab.refusal("dataset-needed"))
          .havingCause()
          .withMessageContaining("Job %d", id);
      lab.awaitProgress(id);
    }
  }

  /** The worker finds the same, but after the training. */
  @Test
  @Timeout(60)
  void aDataSetOfOtherClassesIsRefusedBeforeTheTrainingIsDone() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long training = lab.submit(FROM_WEIGHTS).id();
      String evaluation = "{\"kind\":\"evaluate\",\"run\":%d,\"dataset\":\"controlled-15\"%s}";
      assertRefused(lab, evaluation.formatted(training, ""), "dataset");
      assertRefused(lab, evaluation.formatted(training, ",\"images\":\"test\""), "images");
    }
  }

  /** Trainings read it, and so do jobs about them. */
  @Test
  @Timeout(60)
  void aDataSetStaysWhileAJobThatHasNotEndedReadsIt() throws Exception {
    AtomicBoolean removed = new AtomicBoolean();
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long training = lab.submit(FROM_WEIGHTS).id();
      lab.await(training, JobState.Name.SUCCEEDED);
      Lab.result(lab.queue.removeDataset("scene15", taken(removed)));
      assertThat(removed).isTrue();
    }
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long evaluation = lab.submit("{\"kind\":\"evaluate\",\"run\":1}").id();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.removeDataset("scene15", () -> () -> {})))
          .satisfies(Lab.refusal("dataset-needed"))
          .havingCause()
          .withMessageContaining("Job %d", evaluation)
          .withMessageContaining("'scene15'");
      Lab.result(lab.queue.removeDataset("controlled-15", () -> () -> {}));
    }
  }

  /** A request is read before it is queued; in between, weights can go. */
  @Test
  @Timeout(60)
  void noJobIsQueuedWhoseWeightsAreGone() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.catalogue.removeWeights();
      assertRefused(lab, FROM_WEIGHTS, "weights");
      assertThat(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 10, 0)).total())
          .isZero();
    }
  }

  /** Whatever the order: the heatmap ends with its training, and is queued again with it. */
  @Test
  void aTrainingAndWhatFollowsItAreChangedTogether() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      lab.awaitProgress(lab.submit().id());
      long training = lab.submit().id();
      long heatmap = lab.submit("{\"kind\":\"heatmap\",\"run\":%d}".formatted(training)).id();
      for (List<Long> ids : List.of(List.of(training, heatmap), List.of(heatmap, training))) {
        assertThat(Lab.result(lab.queue.change(ids, new JobChange.Cancel())))
            .allSatisfy(job -> assertThat(job.state().name()).isEqualTo(JobState.Name.CANCELLED));
        assertThat(Lab.result(lab.queue.change(ids, new JobChange.Resume())))
            .allSatisfy(job -> assertThat(job.state().name()).isEqualTo(JobState.Name.QUEUED));
      }
    }
  }
}
