package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobError;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.ProcessIdentity;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.slurm.SlurmLauncher;
import org.bagnetlab.queue.launch.slurm.SlurmRequest;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.storage.directory.LabIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs run on the nodes of a real Slurm, and whatever happens there becomes true states here. */
@Timeout(180)
class SlurmTests {

  private static final List<DeviceSlot> ONE = slots(1);
  private static final List<DeviceSlot> THREE = slots(3);
  private static final List<DeviceSlot> FOUR = slots(4);

  private static @Nullable SlurmCluster cluster;

  @TempDir private Path root = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    cluster = SlurmCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.stop();
    }
  }

  private static SlurmCluster cluster() {
    if (cluster == null) {
      throw new AssertionError("it did not start");
    }
    return cluster;
  }

  private static List<DeviceSlot> slots(int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(slot -> new DeviceSlot("Slurm " + slot, "cpu", 2))
        .toList();
  }

  /** Of which each node has room for one. */
  private static SlurmRequest request(String... arguments) {
    return new SlurmRequest(
        Optional.empty(),
        0,
        2,
        Optional.of("500M"),
        Optional.of("10"),
        Optional.empty(),
        List.of(arguments));
  }

  private static Lab.Launchers slurm(String... arguments) {
    return (local, data) ->
        new SlurmLauncher(
            local, local, data, LabIdentity.of(data), request(arguments), cluster().variables());
  }

  private Lab lab(String behaviour, List<DeviceSlot> slots, String... arguments)
      throws IOException {
    return new Lab(
        root, behaviour, Lab.PATIENT, Lab.Setup.standard().on(slots).startedBy(slurm(arguments)));
  }

  private static String node(Lab lab, long id) {
    return Lab.result(lab.queue.find(id)).worker().orElseThrow().provenance().engine().device();
  }

  private static void assertNothingInSlurm() throws Exception {
    assertThat(cluster().ask("squeue", "--noheader")).isEmpty();
  }

  private static void awaitCause(Lab lab, long id, String code) throws Exception {
    lab.await(
        QueueEvent.JobChanged.class,
        event ->
            event.job().id() == id
                && lab.causes(id).stream().anyMatch(cause -> cause.code().equals(code)));
  }

  /** A worker that says how far it is does so every 100 ms or more rarely. */
  private static void awaitSeconds(Lab lab, int seconds, long chattering) throws Exception {
    for (int said = 0; said < seconds * 10; said++) {
      lab.awaitProgress(chattering);
    }
  }

  private static JobError error(Job job) {
    return StateFacts.of(job.state()).error().orElseThrow();
  }

  @Test
  void twoJobsRunAtOnceOnTwoNodesAndAThirdWaitsForSlurm() throws Exception {
    // Silence while it waits is no reason to end a worker.
    WorkerLimits strict =
        Lab.limits(Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofMillis(20));
    try (Lab lab =
        new Lab(root, "chatter", strict, Lab.Setup.standard().on(THREE).startedBy(slurm()))) {
      long first = lab.submit().id();
      lab.awaitProgress(first);
      long second = lab.submit().id();
      lab.awaitProgress(second);
      assertThat(List.of(node(lab, first), node(lab, second)))
          .containsExactlyInAnyOrder("n1", "n2");
      long third = lab.submit().id();
      awaitCause(lab, third, "slurm-waiting");
      lab.silence.start();
      awaitSeconds(lab, 4, first);
      lab.silence.stop();
      Lab.result(lab.queue.cancel(first));
      lab.await(first, JobState.Name.CANCELLED);
      lab.awaitProgress(third);
      assertThat(lab.causes(third)).hasAtLeastOneElementOfType(Cause.SlurmPlaced.class);
      Lab.result(lab.queue.pause(second));
      lab.await(second, JobState.Name.PAUSED);
      assertThat(lab.artifacts(second)).hasSize(1);
    }
    assertNothingInSlurm();
  }

  @Test
  void aJobThatWaitsForSlurmStopsAtOnce() throws Exception {
    long fourth;
    try (Lab lab = lab("chatter", FOUR)) {
      lab.awaitProgress(lab.submit().id());
      lab.awaitProgress(lab.submit().id());
      long third = lab.submit().id();
      awaitCause(lab, third, "slurm-waiting");
      Lab.result(lab.queue.pause(third));
      lab.await(third, JobState.Name.PAUSED);
      fourth = lab.submit().id();
      awaitCause(lab, fourth, "slurm-waiting");
    }
    assertNothingInSlurm();
    try (Lab lab = lab("train", FOUR)) {
      // It was given back to the queue when the server stopped.
      assertThat(lab.causes(fourth)).contains(Cause.Simple.STOPPED_BEFORE_PLACED);
      lab.await(fourth, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void whoDoesNotStopIsEndedOnItsNode() throws Exception {
    WorkerLimits impatient =
        Lab.limits(Duration.ofMinutes(1), Duration.ofMillis(500), Duration.ofMillis(20));
    try (Lab lab =
        new Lab(root, "ignore", impatient, Lab.Setup.standard().on(ONE).startedBy(slurm()))) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      Lab.result(lab.queue.cancel(id));
      Job cancelled = lab.await(id, JobState.Name.CANCELLED);
      // The timeline has how its worker ended.
      assertThat(Lab.cause(cancelled)).isEqualTo(Cause.Simple.CANCEL_REQUESTED);
      assertThat(lab.causes(id)).contains(Lab.inSecondEpoch(new Cause.WorkerNotStopping(500)));
      assertNothingInSlurm();
    }
  }

  @Test
  void theJobOfALostNodeGoesOnOnAnother() throws Exception {
    try (Lab lab = lab("states", ONE)) {
      long id = lab.submit().id();
      lab.await(
          QueueEvent.EpochStored.class, event -> event.job() == id && event.epoch().epoch() == 2);
      String node = node(lab, id);
      lab.nextWorkers("continue");
      try {
        cluster().kill(node);
        Job interrupted = lab.await(id, JobState.Name.INTERRUPTED, Duration.ofSeconds(90));
        assertThat(Lab.cause(interrupted))
            .isEqualTo(Lab.inSecondEpoch(new Cause.SlurmNodeLost(node)));
        lab.await(id, JobState.Name.SUCCEEDED);
        assertThat(lab.tested(id).images().orElse(0)).isEqualTo(30);
        assertThat(node(lab, id)).isNotEqualTo(node).startsWith("n");
      } finally {
        cluster().restart(node);
      }
    }
    assertNothingInSlurm();
  }

  /** Slurm takes the job for a running one, and srun waits for ever. */
  @Test
  void aNodeThatRestartsUnnoticedIsFoundOutByItsSilence() throws Exception {
    WorkerLimits strict =
        Lab.limits(Duration.ofSeconds(3), Duration.ofMinutes(1), Duration.ofMillis(20));
    try (Lab lab =
        new Lab(root, "chatter", strict, Lab.Setup.standard().on(ONE).startedBy(slurm()))) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      String node = node(lab, id);
      lab.nextWorkers("train");
      cluster().kill(node);
      cluster().restart(node);
      lab.silence.start();
      Job interrupted = lab.await(id, JobState.Name.INTERRUPTED, Duration.ofSeconds(60));
      lab.silence.stop();
      assertThat(Lab.cause(interrupted).code()).isEqualTo("worker-silent");
      lab.await(id, JobState.Name.SUCCEEDED);
    }
    assertNothingInSlurm();
  }

  @Test
  void jobsWaitInTheQueueWhileNoControllerAnswers() throws Exception {
    Path conf = cluster().withoutController(root.resolve("slurm.conf"));
    Lab.Launchers alone =
        (local, data) ->
            new SlurmLauncher(
                local,
                local,
                data,
                LabIdentity.of(data),
                request(),
                Map.of("SLURM_CONF", conf.toString()));
    try (Lab lab =
        new Lab(root, "train", Lab.PATIENT, Lab.Setup.standard().on(ONE).startedBy(alone))) {
      long id = lab.submit().id();
      QueueEvent.DeviceChanged refused =
          lab.await(QueueEvent.DeviceChanged.class, event -> event.device().refusal().isPresent());
      assertThat(refused.device().refusal().orElse(""))
          .matches("Slurm does not respond: Slurmctld.* is DOWN\\.");
      assertThat(Lab.result(lab.queue.find(id)).state().name()).isEqualTo(JobState.Name.QUEUED);
    }
  }

  @Test
  void whoIsCancelledInSlurmGoesOn() throws Exception {
    try (Lab lab = lab("obey", ONE)) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.nextWorkers("train");
      cluster().ask("scancel", "--me");
      Job interrupted = lab.await(id, JobState.Name.INTERRUPTED);
      assertThat(Lab.cause(interrupted))
          .isIn(
              Stream.of("n1", "n2")
                  .map(node -> Lab.inSecondEpoch(new Cause.SlurmCancelled(Optional.of(node))))
                  .toList());
      lab.await(id, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void aJobThatIsRemovedFromTheQueueOfSlurmIsRetried() throws Exception {
    try (Lab lab = lab("chatter", THREE)) {
      long first = lab.submit().id();
      lab.awaitProgress(first);
      lab.awaitProgress(lab.submit().id());
      long third = lab.submit().id();
      awaitCause(lab, third, "slurm-waiting");
      cluster().ask("scancel", "--me", "--state=PENDING");
      Job interrupted = lab.await(third, JobState.Name.INTERRUPTED);
      assertThat(Lab.cause(interrupted))
          .isEqualTo(
              new Cause.During(new Cause.SlurmCancelled(Optional.empty()), Optional.empty()));
      Lab.result(lab.queue.cancel(first));
      lab.awaitProgress(third);
    }
    assertNothingInSlurm();
  }

  @Test
  void aRequestThatSlurmRefusesIsTheConfigurationsFault() throws Exception {
    try (Lab lab = lab("train", ONE, "--partition=nope")) {
      JobError error = error(lab.await(lab.submit().id(), JobState.Name.FAILED));
      assertThat(error.family()).isEqualTo(ErrorFamily.USER_ERROR);
      assertThat(error.message())
          .isEqualTo(
              "Slurm cannot satisfy the slurm section of bagnetlab.yaml:"
                  + " invalid partition specified: nope");
    }
  }

  @Test
  void aNodeWithoutTheApplicationIsNamed() throws Exception {
    Lab.Launchers elsewhere =
        (local, data) ->
            new SlurmLauncher(
                local,
                local,
                data.resolve("none"),
                LabIdentity.of(data),
                request(),
                cluster().variables());
    try (Lab lab =
        new Lab(root, "train", Lab.PATIENT, Lab.Setup.standard().on(ONE).startedBy(elsewhere))) {
      JobError error = error(lab.await(lab.submit().id(), JobState.Name.FAILED));
      assertThat(error.code()).isEqualTo("not-shared");
      assertThat(error.message()).matches("Node n\\d has no .*/none: the data directory, .*");
    }
  }

  @Test
  void aCrashIsToldInTheWorkersWords() throws Exception {
    try (Lab lab = lab("crash", ONE)) {
      Job job = lab.await(lab.submit().id(), JobState.Name.INTERRUPTED);
      assertThat(Lab.cause(job))
          .isEqualTo(
              Lab.inSecondEpoch(
                  new Cause.WorkerExited(
                      3, Optional.of("java.lang.IllegalStateException: arrays"))));
    }
  }

  /** As a power cut leaves it: the worker runs on its node, and nobody is left to end it. */
  @Test
  void theWorkerOfADeadServerIsEndedOnItsNode() throws Exception {
    try (Lab lab = lab("obey", ONE)) {
      lab.submit();
    }
    Path directory = Files.createDirectories(root.resolve("runs").resolve("1"));
    WorkerLauncher sleeper = slot -> new CommandLine(List.of("/bin/sleep", "600"), Map.of());
    CommandLine line =
        new SlurmLauncher(
                sleeper, sleeper, root, LabIdentity.of(root), request(), cluster().variables())
            .commandLine(ONE.get(0), 1, directory);
    ProcessBuilder builder = new ProcessBuilder(line.arguments());
    builder.environment().putAll(line.environment());
    builder.environment().putAll(ProcessIdentity.variables(LabIdentity.of(root)));
    Process srun = builder.start();
    ProcessIdentity identity = ProcessIdentity.running(srun.pid()).orElseThrow();
    cluster().awaitRunning();
    srun.descendants().forEach(ProcessHandle::destroyForcibly);
    srun.destroyForcibly().waitFor();
    assertThat(cluster().ask("squeue", "--noheader")).isNotEmpty();
    try (DirectState state = new DirectState(root)) {
      state.running(1, identity.of(1));
    }
    try (Lab lab = lab("train", ONE)) {
      lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
      assertThat(lab.causes(1)).contains(Cause.Simple.SERVER_DIED);
      assertNothingInSlurm();
    }
  }
}
