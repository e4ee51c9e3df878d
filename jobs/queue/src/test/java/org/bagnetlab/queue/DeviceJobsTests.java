package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bagnetlab.protocol.RunningEngine;
import org.bagnetlab.queue.device.Backend;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real workers on several devices. The GPUs are a script's; there is none here. */
@Timeout(60)
class DeviceJobsTests {

  private static final String TITAN = "GPU-b3c4d5e6-0a1b-4c2d-8e3f-405162738495";
  private static final String RTX = "GPU-7f8e9d0c-1b2a-4938-8756-453423120f1e";

  @TempDir Path root;
  @TempDir Path folder;

  /** A lab whose workers run until they are told to stop. */
  private Lab lab(Backend backend, int cpuSlots, SmiScript script) throws IOException {
    NvidiaSmi gpus = script.smi(Clock.systemUTC());
    Devices devices =
        Devices.choose(
            backend,
            cpuSlots,
            GpuSlots.ONE,
            5,
            GpuEngines.of(Set.of("cuda"), new SharedLibraries(List.of())),
            gpus);
    return new Lab(
        root, "obey", Lab.PATIENT, Lab.Setup.standard().on(devices.slots()).withGpus(gpus));
  }

  private static void awaitAll(Lab lab, Set<Long> jobs) throws InterruptedException {
    Set<Long> seen = new HashSet<>();
    lab.await(
        QueueEvent.Progressed.class,
        event -> {
          seen.add(event.job());
          return seen.containsAll(jobs);
        });
  }

  private static <T> List<T> told(Lab lab, List<Long> jobs, Function<RunningEngine, T> fact) {
    return jobs.stream()
        .map(
            id ->
                fact.apply(
                    Lab.result(lab.queue.find(id)).worker().orElseThrow().provenance().engine()))
        .toList();
  }

  @Test
  void twoGpusRunTwoJobsAtOnceAndEachWorkerSeesItsOwn() throws Exception {
    try (Lab lab = lab(Backend.AUTO, 1, new SmiScript(folder, SmiScript.free()))) {
      List<Long> jobs = List.of(lab.submit().id(), lab.submit().id());
      awaitAll(lab, Set.copyOf(jobs));
      assertThat(told(lab, jobs, RunningEngine::device)).containsExactly(TITAN, RTX);
      assertThat(told(lab, jobs, RunningEngine::threads)).containsExactly(3, 2);
      assertThat(lab.queue.devices())
          .extracting(Device::name)
          .containsExactly("GPU 0 (NVIDIA TITAN V)", "GPU 1 (NVIDIA RTX 5880 Ada Generation)");
      assertThat(lab.queue.devices()).extracting(Device::job).doesNotContain(Optional.empty());
    }
  }

  @Test
  void aGpuThatSomebodyElseUsesIsLeftAloneAndUsedOnceItIsFree() throws Exception {
    SmiScript script = new SmiScript(folder, SmiScript.busyAndFree());
    try (Lab lab = lab(Backend.CUDA, 1, script)) {
      long first = lab.submit().id();
      lab.awaitProgress(first);
      long second = lab.submit().id();
      assertThat(told(lab, List.of(first), RunningEngine::device)).containsExactly(RTX);
      assertThat(Lab.result(lab.queue.find(second)).state()).isInstanceOf(JobState.Queued.class);
      while (lab.queue.devices().get(0).refusal().isEmpty()) {
        Thread.onSpinWait(); // the second job has been looked at soon
      }
      assertThat(lab.queue.devices().get(0).refusal())
          .contains("GPU 0 has 2.7 of 12.0 GiB free; another program is using it.");
      script.says(SmiScript.free());
      // Whoever submits makes the queue look again, at once.
      lab.submit();
      awaitAll(lab, Set.of(second));
      assertThat(told(lab, List.of(second), RunningEngine::device)).containsExactly(TITAN);
      assertThat(lab.queue.devices().get(0).refusal()).isEmpty();
    }
  }

  @Test
  void twoCpuSlotsRunTwoJobsAtOnceAndDivideTheCores() throws Exception {
    try (Lab lab = lab(Backend.CPU, 2, new SmiScript(folder, ""))) {
      List<Long> jobs = List.of(lab.submit().id(), lab.submit().id());
      awaitAll(lab, Set.copyOf(jobs));
      assertThat(told(lab, jobs, RunningEngine::threads)).containsExactly(3, 2);
      assertThat(lab.queue.devices()).extracting(Device::name).containsExactly("CPU 1", "CPU 2");
    }
  }

  /** Jobs wait rather than get wrong results, and the device says why. */
  @Test
  void aDeviceThatFailsItsSelfTestRunsNoJob() throws Exception {
    String reason = "The self-test of CPU failed: its logits differ.";
    try (Lab lab = new Lab(root, "refuse-device", Lab.PATIENT)) {
      long job = lab.submit().id();
      lab.await(
          QueueEvent.DeviceChanged.class,
          event -> event.device().refusal().filter(reason::equals).isPresent());
      Job given = Lab.result(lab.queue.find(job));
      assertThat(given.state()).isEqualTo(new JobState.Queued(0));
      assertThat(Lab.result(lab.queue.timeline(job)))
          .extracting(transition -> transition.cause().code())
          .containsExactly("submitted", "started", "device-refused");
    }
  }

  /** To ask may start a program, and wakes a GPU that has nothing to do. */
  @Test
  void aDeviceIsOnlyAskedWhenAJobWaitsForIt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean ready = new AtomicBoolean();
    StartGate gate =
        slot -> {
          asked.incrementAndGet();
          return Future.succeededFuture(ready.get() ? Optional.empty() : Optional.of("not yet"));
        };
    try (Lab lab =
        new Lab(
            root, "obey", Lab.PATIENT, Lab.Setup.standard().withGates(vertx -> List.of(gate)))) {
      long cancelled = lab.submit().id();
      lab.await(
          QueueEvent.DeviceChanged.class,
          event -> event.device().refusal().filter("not yet"::equals).isPresent());
      Lab.result(lab.queue.cancel(cancelled));
      // Nobody waits any more, so nothing is in the way.
      lab.await(QueueEvent.DeviceChanged.class, event -> event.device().refusal().isEmpty());
      ready.set(true);
      int before = asked.get();
      lab.awaitProgress(lab.submit().id());
      assertThat(asked).hasValue(before + 1);
    }
  }

  @Test
  void newReadingsAreToldOfEachGpu() throws Exception {
    try (Lab lab = lab(Backend.CUDA, 1, new SmiScript(folder, SmiScript.free()))) {
      lab.queue.publishGpus();
      for (String uuid : List.of(TITAN, RTX)) {
        lab.await(
            QueueEvent.DeviceChanged.class,
            event -> event.device().gpu().orElseThrow().uuid().equals(uuid));
      }
    }
  }
}
