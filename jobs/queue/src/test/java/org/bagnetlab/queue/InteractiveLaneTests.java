package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.storage.job.WorkerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Interactive jobs run beside the queue, which neither delays them nor is delayed by them. */
@Timeout(60)
class InteractiveLaneTests {

  private static final List<DeviceSlot> CPU = List.of(new DeviceSlot("CPU", "cpu", 2));

  @TempDir Path root;

  private static Optional<InteractiveLane> lane(double mostPasses, int mostWaiting) {
    return Optional.of(
        new InteractiveLane(
            new DeviceSlot("CPU (interactive)", "cpu", 1), mostPasses, mostWaiting));
  }

  private Lab lab(String behaviour) throws IOException {
    return new Lab(
        root, behaviour, Lab.PATIENT, Lab.Setup.standard().on(CPU).withLane(lane(100, 4)));
  }

  /** A lab with a training that has ended, whose next workers run until they are told to stop. */
  private Lab trained() throws Exception {
    Lab lab = lab("train");
    lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
    lab.nextWorkers("obey");
    return lab;
  }

  /** An interactive job about the first training: another one for each image. */
  private static String heatmap(int image) {
    return """
    {"kind": "heatmap", "run": 1, "image": "%d.png", "stride": 8, "interactive": true}
    """
        .formatted(image);
  }

  private static JobState.Name state(Lab lab, long id) {
    return Lab.result(lab.queue.find(id)).state().name();
  }

  private static long interactive(Lab lab, int image) throws IOException {
    return lab.submitInteractive(heatmap(image)).job().id();
  }

  @Test
  void anInteractiveJobStartsBesideARunningTrainingAtOnce() throws Exception {
    try (Lab lab = trained()) {
      long training = lab.submit().id();
      lab.awaitProgress(training);
      long waiting = lab.submit().id();
      long explained = interactive(lab, 1);
      lab.awaitProgress(explained);
      assertThat(state(lab, training)).isEqualTo(JobState.Name.RUNNING);
      assertThat(state(lab, waiting)).isEqualTo(JobState.Name.QUEUED);
      assertThat(
              Lab.result(lab.queue.find(explained))
                  .worker()
                  .orElseThrow()
                  .provenance()
                  .engine()
                  .threads())
          .isEqualTo(1);
      // It is no device, and has none.
      assertThat(lab.queue.devices())
          .extracting(Device::name, Device::job)
          .containsExactly(tuple("CPU", Optional.of(training)));
    }
  }

  @Test
  void theLaneTakesNoDeviceEvenIfOneIsFree() throws Exception {
    try (Lab lab = trained()) {
      long first = interactive(lab, 1);
      lab.awaitProgress(first);
      long second = interactive(lab, 2);
      // A job of the queue that is submitted later starts, so the second one had its chance.
      long training = lab.submit().id();
      lab.awaitProgress(training);
      assertThat(state(lab, first)).isEqualTo(JobState.Name.RUNNING);
      assertThat(state(lab, second)).isEqualTo(JobState.Name.QUEUED);
    }
  }

  @Test
  void interactiveJobsRunOneAfterTheOther() throws Exception {
    try (Lab lab = trained()) {
      lab.nextWorkers("train");
      List<Long> jobs = new ArrayList<>();
      for (int image = 1; image <= 4; image++) {
        jobs.add(interactive(lab, image));
      }
      for (long job : jobs) {
        lab.await(job, JobState.Name.SUCCEEDED);
      }
      assertThat(changes(lab, Set.copyOf(jobs)))
          .containsExactlyElementsOf(
              jobs.stream()
                  .flatMap(job -> List.of(job + " RUNNING", job + " SUCCEEDED").stream())
                  .toList());
    }
  }

  /** What was heard of the starts and ends of jobs, each once. */
  private static List<String> changes(Lab lab, Set<Long> jobs) {
    return lab.heard.stream()
        .filter(QueueEvent.JobChanged.class::isInstance)
        .map(event -> ((QueueEvent.JobChanged) event).job())
        .filter(job -> jobs.contains(job.id()))
        .map(job -> job.id() + " " + job.state().name())
        .filter(change -> !change.endsWith("QUEUED"))
        .distinct()
        .toList();
  }

  /** In any mix of jobs, those of the lane and those of the queue keep the order of submission. */
  @Test
  void neitherLaneChangesTheOrderOfTheOther() throws Exception {
    Random random = new Random(7);
    try (Lab lab = trained()) {
      lab.nextWorkers("train");
      for (int round = 0; round < 5; round++) {
        List<Long> queue = new ArrayList<>();
        List<Long> lane = new ArrayList<>();
        while (queue.size() < 3 || lane.size() < 3) {
          boolean aside = lane.size() < 3 && (queue.size() == 3 || random.nextBoolean());
          if (aside) {
            lane.add(interactive(lab, 10 * round + lane.size()));
          } else {
            queue.add(lab.submit().id());
          }
        }
        Set<Long> awaited = new HashSet<>(queue);
        awaited.addAll(lane);
        lab.await(
            QueueEvent.JobChanged.class,
            event -> {
              if (event.job().state().name().ended()) {
                awaited.remove(event.job().id());
              }
              return awaited.isEmpty();
            });
        for (List<Long> jobs : List.of(queue, lane)) {
          assertThat(changes(lab, Set.copyOf(jobs)))
              .filteredOn(change -> change.endsWith("RUNNING"))
              .containsExactlyElementsOf(jobs.stream().map(job -> job + " RUNNING").toList());
        }
      }
    }
  }

  @Test
  void interactiveJobsAreCancelled() throws Exception {
    try (Lab lab = trained()) {
      long first = interactive(lab, 1);
      lab.awaitProgress(first);
      long second = interactive(lab, 2);
      long third = interactive(lab, 3);
      Lab.result(lab.queue.cancel(second));
      assertThat(state(lab, second)).isEqualTo(JobState.Name.CANCELLED);
      Lab.result(lab.queue.cancel(first));
      lab.await(first, JobState.Name.CANCELLED);
      lab.awaitProgress(third);
    }
  }

  @Test
  void anInteractiveJobOfAKilledServerIsRunAgainInTheLane() throws Exception {
    long job;
    try (Lab lab = trained()) {
      job = interactive(lab, 1);
      lab.awaitProgress(job);
      Lab.result(lab.queue.cancel(job));
      lab.await(job, JobState.Name.CANCELLED);
    }
    // As if that server had been killed instead.
    try (DirectState state = new DirectState(root)) {
      state.running(job, new WorkerRow(job, Integer.MAX_VALUE, "long ago", "another boot"));
    }
    try (Lab lab = lab("obey")) {
      lab.awaitProgress(job);
      long training = lab.submit().id();
      lab.awaitProgress(training);
      assertThat(state(lab, job)).isEqualTo(JobState.Name.RUNNING);
      assertThat(Lab.result(lab.queue.find(job)).queuePosition().interactive()).isTrue();
    }
  }

  /** A stopped server interrupts it; the next one may have no lane. */
  @Test
  void aServerWithoutALaneRunsThemLikeOthers() throws Exception {
    long job;
    try (Lab lab = trained()) {
      job = interactive(lab, 1);
      lab.awaitProgress(job);
    }
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.await(job, JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.find(job)).queuePosition().interactive()).isFalse();
      assertThatThrownBy(() -> lab.submitInteractive(heatmap(2)))
          .hasCauseInstanceOf(InvalidSpec.class)
          .hasMessageContaining("This server runs no interactive jobs: queue the job normally.");
    }
  }

  @Test
  void whatIsThereIsNotComputedAgain() throws Exception {
    try (Lab lab = trained()) {
      JobQueue.Submission first = lab.submitInteractive(heatmap(1));
      assertThat(first.isNew()).isTrue();
      lab.awaitProgress(first.job().id());
      // While it runs, and not once it is to be cancelled.
      JobQueue.Submission again = lab.submitInteractive(heatmap(1));
      assertThat(again.isNew()).isFalse();
      assertThat(again.job().id()).isEqualTo(first.job().id());
      Lab.result(lab.queue.cancel(first.job().id()));
      lab.nextWorkers("train");
      JobQueue.Submission second = lab.submitInteractive(heatmap(1));
      assertThat(second.isNew()).isTrue();
      lab.await(second.job().id(), JobState.Name.SUCCEEDED);
      assertThat(lab.submitInteractive(heatmap(1)).job().id()).isEqualTo(second.job().id());
      assertThat(lab.submitInteractive(heatmap(2)).isNew()).isTrue();
    }
  }

  /** An image of the same path may be another one by now. */
  @Test
  void whatIsOfAnotherDataSetOfTheSameNameIsComputedAgain() throws Exception {
    try (Lab lab = trained()) {
      lab.nextWorkers("train");
      long first = interactive(lab, 1);
      lab.await(first, JobState.Name.SUCCEEDED);
      assertThat(lab.submitInteractive(heatmap(1)).isNew()).isFalse();
      lab.catalogue.replaceDatasets();
      assertThat(lab.submitInteractive(heatmap(1)).isNew()).isTrue();
    }
  }

  /** Jobs of earlier versions do not tell whose images they read. */
  @Test
  void whatMayBeOfAnotherDataSetIsComputedAgain() throws Exception {
    try (Lab lab = trained()) {
      lab.nextWorkers("refine");
      lab.await(interactive(lab, 1), JobState.Name.SUCCEEDED);
      assertThat(lab.submitInteractive(heatmap(1)).isNew()).isTrue();
    }
  }

  @Test
  void whatHasLostAFileIsComputedAgain() throws Exception {
    try (Lab lab = trained()) {
      lab.nextWorkers("train");
      long first = interactive(lab, 1);
      lab.await(first, JobState.Name.SUCCEEDED);
      Files.delete(lab.artifacts.file(lab.artifacts(first).get(0)));
      JobQueue.Submission second = lab.submitInteractive(heatmap(1));
      assertThat(second.isNew()).isTrue();
      lab.await(second.job().id(), JobState.Name.SUCCEEDED);
      assertThat(lab.submitInteractive(heatmap(1)).job().id()).isEqualTo(second.job().id());
    }
  }

  /** It may have to wait for hours. */
  @Test
  void aJobThatWaitsInTheQueueIsNoSubstitute() throws Exception {
    try (Lab lab = trained()) {
      long training = lab.submit().id();
      lab.awaitProgress(training);
      Job queued = lab.submit(heatmap(1).replace(", \"interactive\": true", ""));
      JobQueue.Submission submission = lab.submitInteractive(heatmap(1));
      assertThat(submission.isNew()).isTrue();
      lab.awaitProgress(submission.job().id());
      assertThat(state(lab, queued.id())).isEqualTo(JobState.Name.QUEUED);
    }
  }

  @Test
  void onlySoManyWait() throws Exception {
    try (Lab lab = trained()) {
      long cancelled = interactive(lab, 9);
      lab.awaitProgress(cancelled);
      Lab.result(lab.queue.cancel(cancelled));
      lab.await(cancelled, JobState.Name.CANCELLED);
      lab.awaitProgress(interactive(lab, 0));
      for (int image = 1; image <= 4; image++) {
        interactive(lab, image);
      }
      assertThatThrownBy(() -> lab.submitInteractive(heatmap(5)))
          .satisfies(Lab.refusal("lane-full"))
          .hasMessageContaining("4 interactive jobs are waiting");
      assertThatThrownBy(() -> Lab.result(lab.queue.resume(cancelled)))
          .satisfies(Lab.refusal("lane-full"));
      // What is there needs no place.
      assertThat(lab.submitInteractive(heatmap(4)).isNew()).isFalse();
    }
  }

  @Test
  void whatTakesLongIsRefused() throws Exception {
    try (Lab lab =
        new Lab(root, "train", Lab.PATIENT, Lab.Setup.standard().on(CPU).withLane(lane(20, 4)))) {
      lab.await(
          lab.submit(
                  """
                  {"kind": "train", "architecture": "bagnet33", "dataset": "scene15",
                   "imageSize": 224, "width": 1}
                  """)
              .id(),
          JobState.Name.SUCCEEDED);
      // Twice a pass over 224 + 32 pixels, for each of 8 x 8 / stride^2 shifts.
      assertThat(lab.submitInteractive(heatmap(1)).isNew()).isTrue();
      assertThatThrownBy(() -> lab.submitInteractive(heatmap(1).replace("8", "1")))
          .hasCauseInstanceOf(InvalidSpec.class)
          .hasMessageContaining(
              "The job costs as much as 167 forward passes over an image of 224 pixels, but"
                  + " interactive jobs may cost 20 at most. Choose a larger stride, or queue the"
                  + " job normally.");
    }
  }

  @Test
  void whatTheLaneDoesNotTakeIsRefusedByName() throws Exception {
    try (Lab lab = trained()) {
      assertRefused(
          lab,
          "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"interactive\":true}",
          "Jobs of kind train cannot be interactive, only heatmap");
      assertRefused(
          lab,
          heatmap(1).replace("}", ", \"priority\": 1}"),
          "An interactive job has no priority.");
      long training = lab.submit().id();
      assertRefused(
          lab,
          heatmap(1).replace("\"run\": 1", "\"run\": " + training),
          "has not finished, and an interactive job cannot wait for it: queue the job normally.");
      lab.awaitProgress(interactive(lab, 0));
      long waiting = interactive(lab, 1);
      assertThatThrownBy(() -> Lab.result(lab.queue.move(waiting, new Move.First())))
          .hasCauseInstanceOf(JobConflict.class);
    }
  }

  private static void assertRefused(Lab lab, String json, String why) {
    assertThatThrownBy(() -> lab.submitInteractive(json)).hasMessageContaining(why);
  }
}
