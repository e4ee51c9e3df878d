package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.rule.FlatRule;
import org.bagnetlab.queue.rule.IdleRule;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.rule.RuleAction;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.storage.notice.FailureRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules report or stop running jobs. */
@Timeout(120)
class RuleTests {

  private static final Cause FLAT = new Cause.Flat(2, 2, 2);

  @TempDir Path root;

  private Lab lab(String behaviour, JobPolicy policy) throws IOException {
    Duration hours = Duration.ofHours(9);
    return new Lab(
        root,
        behaviour,
        Lab.limits(hours, Duration.ofMinutes(1), Duration.ofMillis(20)),
        Lab.Setup.standard().within(policy));
  }

  private static JobPolicy flat(RuleAction action) {
    return new JobPolicy(
        JobWindows.always(), Optional.empty(), Optional.of(new FlatRule(2, action)));
  }

  private static JobPolicy idle(RuleAction action) {
    IdleRule rule = new IdleRule(.1, Duration.ofMinutes(10), action);
    return new JobPolicy(JobWindows.always(), Optional.of(rule), Optional.empty());
  }

  private static void awaitFound(Lab lab, long job) throws InterruptedException {
    lab.await(QueueEvent.RuleApplied.class, event -> event.job() == job);
  }

  /** Its two epochs have the same loss, that is worse than guessing among two classes. */
  @Test
  void aTrainingThatDoesNotLearnIsStoppedOnce() throws Exception {
    try (Lab lab = lab("states", flat(RuleAction.STOP))) {
      long id = lab.submit().id();
      Job stopped = lab.await(id, JobState.Name.CANCELLED);
      assertThat(Lab.cause(stopped)).isEqualTo(FLAT);
      assertThat(lab.database.write(tables -> tables.notices().newFailures()).join())
          .extracting(FailureRow::job)
          .containsExactly(id);

      // A user decided that it goes on.
      Lab.result(lab.queue.resume(id));
      lab.awaitProgress(id);
      lab.await(
          QueueEvent.EpochStored.class, event -> event.job() == id && event.epoch().epoch() == 2);
      assertThat(Lab.result(lab.queue.find(id)).state()).isInstanceOf(JobState.Running.class);
      assertThat(lab.causes(id)).containsOnlyOnce(FLAT);
    }
  }

  @Test
  void aReportedTrainingGoesOn() throws Exception {
    try (Lab lab = lab("states", flat(RuleAction.REPORT))) {
      long id = lab.submit().id();
      awaitFound(lab, id);
      assertThat(lab.causes(id)).last().isEqualTo(FLAT);
      assertThat(Lab.result(lab.queue.find(id)).state())
          .isInstanceOfSatisfying(
              JobState.Running.class, running -> assertThat(running.cancelRequested()).isFalse());
      assertThat(lab.database.write(tables -> tables.notices().newFailures()).join()).hasSize(1);
    }
  }

  @Test
  void aTrainingThatLearnsIsLeftAlone() throws Exception {
    try (Lab lab = lab("train", flat(RuleAction.STOP))) {
      long id = lab.submit().id();
      lab.await(id, JobState.Name.SUCCEEDED);
      assertThat(lab.heard).noneMatch(QueueEvent.RuleApplied.class::isInstance);
    }
  }

  /** It reports that it lives, with the same processor time again and again. */
  @Test
  void aJobThatHardlyUsesItsDeviceIsReported() throws Exception {
    try (Lab lab = lab("stall", idle(RuleAction.REPORT))) {
      long id = lab.submit().id();
      lab.awaitProgress(id);
      lab.silence.start();
      lab.silence.pass(Duration.ofMinutes(4));
      assertThat(lab.heard).noneMatch(QueueEvent.RuleApplied.class::isInstance);
      lab.silence.pass(Duration.ofMinutes(11));
      awaitFound(lab, id);
      assertThat(lab.causes(id)).last().isEqualTo(new Cause.Idle(0, 600_000));
      lab.kill(id);
    }
  }
}
