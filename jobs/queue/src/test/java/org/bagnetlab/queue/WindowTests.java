package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.window.DailyWindow;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.queue.window.OpeningHours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs run in windows of time, and go on in the next one. */
@Timeout(120)
class WindowTests {

  private static final Duration UNTIL_CLOSED = Duration.ofMinutes(10);
  private static final Duration UNTIL_OPEN = Duration.ofHours(24).minusMinutes(70);

  @TempDir Path root;

  /** It opened an hour ago, and closes in five minutes. */
  private final DailyWindow window = window(-60, 5);

  private static DailyWindow window(int opens, int closes) {
    LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    return new DailyWindow(now.plusMinutes(opens), now.plusMinutes(closes));
  }

  private static JobPolicy windows(DailyWindow window) {
    OpeningHours hours = new OpeningHours(Optional.of(window), false, ZoneOffset.UTC);
    JobWindows windows = new JobWindows(OpeningHours.always(), hours);
    return new JobPolicy(windows, Optional.empty(), Optional.empty());
  }

  private Lab lab(String behaviour, DailyWindow window) throws IOException {
    return new Lab(root, behaviour, Lab.PATIENT, Lab.Setup.standard().within(windows(window)));
  }

  @Test
  void jobsReturnToTheQueueWhenTheirWindowClosesAndGoOnFirst() throws Exception {
    try (Lab lab = lab("obey", window)) {
      long running = lab.submit().id();
      lab.awaitProgress(running);
      long other = lab.submit().id();
      Lab.result(lab.queue.move(other, new Move.First()));

      lab.nextWorkers("continue");
      lab.passTime(UNTIL_CLOSED);
      assertThat(lab.await(running, JobState.Name.QUEUED).state())
          .isEqualTo(new JobState.Queued(0));
      assertThat(lab.causes(running).getLast())
          .isEqualTo(Lab.inSecondEpoch(new Cause.WindowClosed(closing(window))));
      awaitRefusal(lab);
      assertThat(Lab.result(lab.queue.find(other)).state()).isEqualTo(new JobState.Queued(0));

      lab.passTime(UNTIL_OPEN);
      lab.await(running, JobState.Name.SUCCEEDED);
      assertThat(lab.tested(running).images()).contains(31);
      lab.await(other, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void noJobStartsOutsideOfTheWindows() throws Exception {
    try (Lab lab = lab("train", window(60, 120))) {
      long job = lab.submit().id();
      assertThat(awaitRefusal(lab))
          .startsWith("Jobs run from ")
          .contains("; the next window opens to");
      lab.passTime(Duration.ofMinutes(61));
      lab.await(job, JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void aCancelledJobStaysCancelledWhenItsWindowCloses() throws Exception {
    try (Lab lab = lab("ignore", window)) {
      long job = lab.submit().id();
      lab.awaitProgress(job);
      Lab.result(lab.queue.cancel(job));
      lab.passTime(UNTIL_CLOSED);
      lab.kill(job);
      lab.await(job, JobState.Name.CANCELLED);
    }
  }

  @Test
  void interactiveJobsRunAtAnyTime() throws Exception {
    DeviceSlot lane = new DeviceSlot("CPU (interactive)", "cpu", 1);
    Lab.Setup setup =
        Lab.Setup.standard()
            .within(windows(window))
            .withLane(Optional.of(new InteractiveLane(lane, 100, 4)));
    try (Lab lab = new Lab(root, "train", Lab.PATIENT, setup)) {
      long training = lab.submit().id();
      lab.await(training, JobState.Name.SUCCEEDED);
      lab.passTime(UNTIL_CLOSED);
      lab.submit();
      awaitRefusal(lab);
      String heatmap =
          """
          {"kind": "heatmap", "run": %d, "image": "1.png", "stride": 8, "interactive": true}"""
              .formatted(training);
      lab.await(lab.submitInteractive(heatmap).job().id(), JobState.Name.SUCCEEDED);
    }
  }

  private static String closing(DailyWindow window) {
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(window.closes());
  }

  /** Why the device starts no job. */
  private static String awaitRefusal(Lab lab) throws InterruptedException {
    return lab.await(QueueEvent.DeviceChanged.class, event -> event.device().refusal().isPresent())
        .device()
        .refusal()
        .orElseThrow();
  }
}
