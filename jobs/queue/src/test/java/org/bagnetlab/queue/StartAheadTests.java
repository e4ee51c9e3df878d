package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.storage.job.WorkerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue whose workers are processes, started before the jobs that they get. */
@Timeout(120)
class StartAheadTests {

  @TempDir private Path root = Path.of("");

  /** Starts tiny workers, ahead too. */
  private record Ahead(TinyLauncher tiny) implements WorkerLauncher {

    @Override
    public CommandLine commandLine(DeviceSlot slot) {
      return tiny.commandLine(slot);
    }

    @Override
    public Optional<CommandLine> ahead(DeviceSlot slot) {
      return Optional.of(commandLine(slot));
    }
  }

  /** Keeps no worker that none waits for. */
  private static final WorkerLimits THRIFTY =
      new WorkerLimits(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofMillis(1),
          Lab.PATIENT.retryPolicy(),
          1 << 20);

  private Lab lab() throws IOException {
    return lab(Lab.PATIENT);
  }

  private Lab lab(WorkerLimits limits) throws IOException {
    return new Lab(
        root, "obey", limits, Lab.Setup.standard().startedBy((tiny, data) -> new Ahead(tiny)));
  }

  /** The lab's processes that are children of this one. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.current().children().filter(this::ofLab).toList();
  }

  private boolean ofLab(ProcessHandle process) {
    try {
      return Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "environ"),
              StandardCharsets.ISO_8859_1)
          .contains(root.toRealPath().toString());
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private static long pid(Job job) {
    return job.worker().orElseThrow().pid();
  }

  /** The process that waits while this job's worker runs. */
  private ProcessHandle awaitAhead(long worker) {
    while (true) {
      Optional<ProcessHandle> ahead =
          processes().stream().filter(process -> process.pid() != worker).findFirst();
      if (ahead.isPresent()) {
        return ahead.get();
      }
      Thread.onSpinWait();
    }
  }

  /** Two jobs, of which the first runs. */
  private record Two(Job running, long waiting) {}

  private static Two two(Lab lab) throws Exception {
    long first = lab.submit().id();
    lab.awaitProgress(first);
    long second = lab.submit().id();
    return new Two(Lab.result(lab.queue.find(first)), second);
  }

  @Test
  void theNextJobHasTheWorkerThatWasStartedAhead() throws Exception {
    try (Lab lab = lab()) {
      Two jobs = two(lab);
      ProcessHandle ahead = awaitAhead(pid(jobs.running()));
      List<WorkerRow> known = lab.database.read(tables -> tables.workers().all()).join();
      assertThat(known).as("those that recovery would end").hasSize(1);
      assertThat(known.get(0).pid()).isEqualTo(pid(jobs.running()));
      Lab.result(lab.queue.cancel(jobs.running().id()));
      lab.awaitProgress(jobs.waiting());
      assertThat(pid(Lab.result(lab.queue.find(jobs.waiting()))))
          .isEqualTo(ahead.pid())
          .isNotEqualTo(pid(jobs.running()));
      Lab.result(lab.queue.cancel(jobs.waiting()));
      lab.await(jobs.waiting(), JobState.Name.CANCELLED);
    }
    assertThat(processes()).isEmpty();
  }

  @Test
  void aJobWhoseWorkerAheadWasKilledHasAnother() throws Exception {
    try (Lab lab = lab()) {
      Two jobs = two(lab);
      ProcessHandle ahead = awaitAhead(pid(jobs.running()));
      assertThat(ahead.destroyForcibly()).isTrue();
      ahead.onExit().orTimeout(30, TimeUnit.SECONDS).join();
      lab.nextWorkers("train");
      Lab.result(lab.queue.cancel(jobs.running().id()));
      Job done = lab.await(jobs.waiting(), JobState.Name.SUCCEEDED);
      assertThat(pid(done)).isNotEqualTo(ahead.pid());
      assertThat(lab.causes(done.id())).noneMatch(cause -> cause.code().equals("worker-killed"));
    }
  }

  @Test
  void aJobWhoseWorkerAheadCannotLoadTheEngineHasAnother() throws Exception {
    try (Lab lab = lab()) {
      long first = lab.submit().id();
      lab.awaitProgress(first);
      lab.nextWorkers("unprepared");
      long second = lab.submit().id();
      ProcessHandle ahead = awaitAhead(pid(Lab.result(lab.queue.find(first))));
      Lab.result(lab.queue.cancel(first));
      Job done = lab.await(second, JobState.Name.SUCCEEDED);
      assertThat(pid(done)).isNotEqualTo(ahead.pid());
      assertThat(lab.causes(second)).noneMatch(cause -> cause.code().equals("worker-exited"));
      assertThat(Files.readString(lab.directory.log(second))).contains("OutOfMemoryError: engine");
    }
  }

  @Test
  void oneThatIsNotAsItWouldBeStartedNowIsNotTaken() throws Exception {
    try (Lab lab = lab()) {
      Two jobs = two(lab);
      ProcessHandle ahead = awaitAhead(pid(jobs.running()));
      lab.nextWorkers("train");
      Lab.result(lab.queue.cancel(jobs.running().id()));
      assertThat(pid(lab.await(jobs.waiting(), JobState.Name.SUCCEEDED))).isNotEqualTo(ahead.pid());
      ahead.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  /** It would wait, with its memory, for as long as the device may not start a job. */
  @Test
  void oneWhoseDeviceIsRefusedIsEnded() throws Exception {
    try (Lab lab = lab(THRIFTY)) {
      Two jobs = two(lab);
      ProcessHandle ahead = awaitAhead(pid(jobs.running()));
      lab.closeGate("not yet");
      Lab.result(lab.queue.cancel(jobs.running().id()));
      ahead.onExit().orTimeout(30, TimeUnit.SECONDS).join();
      assertThat(Lab.result(lab.queue.find(jobs.waiting())).state())
          .isInstanceOf(JobState.Queued.class);
    }
  }

  /** The directory of a process below another; at first it is in that of its parent. */
  private static Path awaitDirectory(ProcessHandle process, Path parent) throws Exception {
    Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
    Path directory = link.toRealPath();
    while (!parent.equals(directory.getParent())) {
      Thread.onSpinWait();
      directory = link.toRealPath();
    }
    return directory;
  }

  @Test
  void stoppingLeavesNone() throws Exception {
    ProcessHandle ahead;
    Path uploads;
    try (Lab lab = lab()) {
      uploads = lab.directory.uploads();
      ahead = awaitAhead(pid(two(lab).running()));
      Path leaves = awaitDirectory(ahead, uploads.toRealPath());
      Files.createFile(leaves.resolve("hs_err_pid%d.log".formatted(ahead.pid())));
    }
    assertThat(ahead.isAlive()).isFalse();
    assertThat(processes()).isEmpty();
    assertThat(uploads).isEmptyDirectory();
  }
}
