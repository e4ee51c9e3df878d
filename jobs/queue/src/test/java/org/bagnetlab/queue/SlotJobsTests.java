package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.GpuEngine;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.NvidiaSmi;
import org.bagnetlab.queue.device.nvidia.SmiScript;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that share GPUs, which a script plays: of 12 and of 48 GiB. */
@Timeout(60)
class SlotJobsTests {

  @TempDir Path root;
  @TempDir Path folder;

  private Lab lab(String behaviour, GpuSlots slots, int gpus) throws IOException {
    String all = SmiScript.free();
    String some = String.join("\n", all.lines().toList().subList(0, gpus)) + "\n";
    NvidiaSmi smi = new SmiScript(folder, some).smi(Clock.systemUTC());
    Map<Gpu, GpuEngine> engines = new LinkedHashMap<>();
    smi.inventory().gpus().forEach(gpu -> engines.put(gpu, GpuEngine.TORCH));
    return new Lab(
        root,
        behaviour,
        Lab.PATIENT,
        Lab.Setup.standard().on(DeviceSlot.gpus(engines, slots, 16)).withGpus(smi));
  }

  private static JobState.Name state(Lab lab, long job) {
    return Lab.result(lab.queue.find(job)).state().name();
  }

  private static Device device(Lab lab, long job) {
    return lab.queue.devices().stream()
        .filter(device -> device.job().equals(Optional.of(job)))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitRefusal(Lab lab, String part) throws InterruptedException {
    lab.await(
        QueueEvent.DeviceChanged.class,
        event -> event.device().refusal().filter(reason -> reason.contains(part)).isPresent());
  }

  @Test
  void jobsGetEqualSharesOfTheGpuWithTheFewestJobs() throws Exception {
    try (Lab lab = lab("obey", GpuSlots.equal(2), 2)) {
      for (int job = 0; job < 4; job++) {
        lab.awaitProgress(lab.submit().id());
      }
      assertThat(lab.queue.devices())
          .extracting(Device::name)
          .containsExactly(
              "GPU 0 (NVIDIA TITAN V), slot 1",
              "GPU 0 (NVIDIA TITAN V), slot 2",
              "GPU 1 (NVIDIA RTX 5880 Ada Generation), slot 1",
              "GPU 1 (NVIDIA RTX 5880 Ada Generation), slot 2");
      assertThat(lab.queue.devices())
          .extracting(device -> device.job().orElseThrow())
          .containsExactly(1L, 3L, 2L, 4L);
      assertThat(lab.queue.devices())
          .extracting(device -> device.share().map(MemoryShare::text).orElseThrow())
          .containsExactly("5.1 GiB", "5.1 GiB", "22.9 GiB", "22.9 GiB");
    }
  }

  @Test
  void aJobThatRanOutOfItsShareRunsAgainAloneOnce() throws Exception {
    try (Lab lab = lab("outgrow", GpuSlots.equal(2), 1)) {
      long job = lab.submit().id();
      lab.await(job, JobState.Name.SUCCEEDED);
      assertThat(lab.causes(job))
          .extracting(Cause::text)
          .containsExactly(
              "submitted",
              "started on GPU 0 (NVIDIA TITAN V), slot 1",
              "ran out of its share of 5.1 GiB of GPU 0; it runs again alone",
              "started on GPU 0 (NVIDIA TITAN V), slot 1",
              "the worker finished");
      lab.nextWorkers("exhaust");
      Job failed = lab.await(lab.submit().id(), JobState.Name.FAILED);
      assertThat(lab.causes(failed.id()))
          .extracting(Cause::code)
          .containsExactly("submitted", "started", "outgrew-share", "started", "error");
    }
  }

  @Test
  void noJobOvertakesOneThatWaitsToBeAlone() throws Exception {
    try (Lab lab = lab("obey", GpuSlots.equal(2), 1)) {
      long first = lab.submit().id();
      lab.awaitProgress(first);
      lab.nextWorkers("outgrow");
      long large = lab.submit().id();
      awaitRefusal(lab, "Job %d waits until no other job runs on GPU 0.".formatted(large));
      long last = lab.submit().id();
      assertThat(state(lab, large)).isEqualTo(JobState.Name.QUEUED);
      assertThat(state(lab, last)).isEqualTo(JobState.Name.QUEUED);
      Lab.result(lab.queue.cancel(first));
      lab.await(large, JobState.Name.SUCCEEDED);
      lab.await(last, JobState.Name.SUCCEEDED);
      assertThat(lab.heard.stream().flatMap(event -> started(event).stream()))
          .containsSubsequence(first, large, large, last);
    }
  }

  private static Optional<Long> started(QueueEvent event) {
    return event instanceof QueueEvent.JobChanged changed
            && changed.job().state() instanceof JobState.Running
        ? Optional.of(changed.job().id())
        : Optional.empty();
  }

  @Test
  void theFirstOfAKindIsMeasuredAndOthersShareTheGpu() throws Exception {
    try (Lab lab = lab("obey", GpuSlots.byMeasurement(), 1)) {
      long first = lab.submit().id();
      lab.awaitProgress(first);
      assertThat(device(lab, first).share()).isEmpty();
      long cancelled = lab.submit().id();
      awaitRefusal(lab, "GPU 0 runs job %d alone.".formatted(first));
      Lab.result(lab.queue.cancel(cancelled));
      lab.nextWorkers("measure");
      Lab.result(lab.queue.cancel(first));
      lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
      lab.nextWorkers("obey");
      long second = lab.submit().id();
      long third = submit(lab, "'seed':2,'epochs':7");
      lab.awaitProgress(third);
      assertThat(List.of(device(lab, second), device(lab, third)))
          .extracting(device -> device.share().map(MemoryShare::text).orElseThrow())
          .containsOnly("0.5 GiB");
      long other = submit(lab, "'batchSize':64");
      awaitRefusal(lab, "Job %d is the first of its kind".formatted(other));
    }
  }

  /** The network decides how much memory a job about a run needs, and not the number of the run. */
  @Test
  void jobsAboutRunsOfTheSameNetworkAreAlike() throws Exception {
    try (Lab lab = lab("measure", GpuSlots.byMeasurement(), 1)) {
      for (String settings : List.of("'seed':1", "'seed':2", "'seed':3,'width':0.5")) {
        lab.await(submit(lab, settings), JobState.Name.SUCCEEDED);
      }
      lab.await(evaluate(lab, 1), JobState.Name.SUCCEEDED);
      lab.nextWorkers("obey");
      long like = evaluate(lab, 2);
      lab.awaitProgress(like);
      assertThat(device(lab, like).share()).isPresent();
      long other = evaluate(lab, 3);
      awaitRefusal(lab, "Job %d is the first of its kind".formatted(other));
    }
  }

  private static long evaluate(Lab lab, long run) throws IOException {
    return lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(run)).id();
  }

  private static long submit(Lab lab, String settings) throws IOException {
    return Objects.requireNonNull(
            lab.submit(
                "{'kind':'train','architecture':'bagnet33','dataset':'scene15',%s}"
                    .formatted(settings)
                    .replace('\'', '"')))
        .id();
  }
}
