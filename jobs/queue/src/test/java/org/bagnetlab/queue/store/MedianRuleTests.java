package org.bagnetlab.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.queue.Lab;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.run.EpochRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Which trials the rule stops, by stored epochs. The sweep has two points, whose trials alternate:
 * of the first point, numbers 0 and 2 are complete, and number 4 runs.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(60)
class MedianRuleTests {

  private static final String SEARCH =
      """
      {'name': 'search',
       'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 3},
       'grid': {'seed': [1, 2]},
       'random': {'trials': 4, 'learningRate': {'from': 0.0001, 'to': 0.01, 'scale': 'log'}},
       'medianStopping': {'afterEpochs': 2, 'afterTrials': 2}}
      """;

  @TempDir private Path root = Path.of("");

  /** A lab whose jobs do not start. */
  private Lab lab() throws Exception {
    Lab lab = new Lab(root, "train", Lab.PATIENT);
    lab.closeGate("closed");
    return lab;
  }

  private static Optional<Cause> afterEpochs(Lab lab, Double... accuracies) {
    return lab.database
        .write(
            tables -> {
              Map<Integer, Long> trials = tables.trials().ofSweep("search");
              JobState done = new JobState.Succeeded(Instant.EPOCH, Instant.EPOCH);
              Map.of(0, List.of(.125, .375, .75), 2, List.of(.25, .5, .75), 1, List.of(.9, .9, .9))
                  .forEach(
                      (number, epochs) -> {
                        tables.jobs().update(id(trials, number), JobRows.row(done));
                        put(tables, id(trials, number), epochs);
                      });
              tables
                  .jobs()
                  .update(
                      id(trials, 4),
                      JobRows.row(new JobState.Running(Instant.EPOCH, Optional.empty(), 0)));
              put(tables, id(trials, 4), List.of(accuracies));
              return MedianRule.stops(tables, id(trials, 4));
            })
        .join();
  }

  private static long id(Map<Integer, Long> trials, int number) {
    return Objects.requireNonNull(trials.get(number));
  }

  private static void put(Tables tables, long job, List<Double> accuracies) {
    for (int i = 0; i < accuracies.size(); i++) {
      tables.runs().put(job, new EpochRow(i + 1, .001, 1, .5, 1, accuracies.get(i), false, 1));
    }
  }

  @Test
  void theBestSoFarIsComparedWithTheAveragesOfTheCompleteTrialsOfThePoint() throws Exception {
    try (Lab lab = lab()) {
      var _ = lab.submitSweep(SEARCH);
      assertThat(afterEpochs(lab, .3)).isEmpty();
      // After two epochs they had .25 and .375 on average.
      assertThat(afterEpochs(lab, .3, .1)).contains(new Cause.BelowMedian(2, .3, .3125, 2));
      assertThat(afterEpochs(lab, .32, .1)).isEmpty();
      // It is complete.
      assertThat(afterEpochs(lab, .1, .1, .1)).isEmpty();
    }
  }

  @Test
  void aTrialThatOthersNeedContinues() throws Exception {
    try (Lab lab = lab()) {
      var _ = lab.submitSweep(SEARCH);
      var _ = lab.submitSweep(SEARCH.replace("'search'", "'other'"));
      assertThat(afterEpochs(lab, .1, .1)).isEmpty();
    }
  }

  @Test
  void aTrialThatAJobOutsideTheSweepIsAboutContinues() throws Exception {
    try (Lab lab = lab()) {
      var _ = lab.submitSweep(SEARCH);
      long trial = id(lab.database.read(tables -> tables.trials().ofSweep("search")).join(), 4);
      var _ = lab.submit("{\"kind\":\"evaluate\",\"run\":%d}".formatted(trial));
      assertThat(afterEpochs(lab, .1, .1)).isEmpty();
    }
  }

  @Test
  void aTrialThatWasSubmittedIndividuallyContinues() throws Exception {
    try (Lab lab = lab()) {
      JobRequest alone = Lab.plan(SEARCH).jobs().get(4);
      var _ =
          Lab.result(
              lab.queue.submit(JobRequest.of(alone.spec(), alone.title(), Optional.empty())));
      var _ = lab.submitSweep(SEARCH);
      assertThat(afterEpochs(lab, .1, .1)).isEmpty();
    }
  }
}
