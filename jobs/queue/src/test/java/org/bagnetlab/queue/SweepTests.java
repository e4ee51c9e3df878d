package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvent.SweepChanged;
import org.bagnetlab.queue.event.QueueEvent.SweepDeleted;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.StateFacts;
import org.bagnetlab.queue.store.StoredOutcomes;
import org.bagnetlab.queue.sweep.Budget;
import org.bagnetlab.queue.sweep.Halving;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.storage.run.EpochRow;
import org.bagnetlab.storage.sweep.RungRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps run all their jobs, each once, unless they are held, halved or stopped. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(120)
class SweepTests {

  private static final String LADDER =
      """
      {'name': 'ladder', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33'},
       'grid': {'seed': [1, 2, 3]}}
      """;

  /** Shares two jobs with the ladder. */
  private static final String WIDER =
      LADDER.replace("ladder", "wider").replace("1, 2, 3]", "2, 3, 4]");

  @TempDir private Path root = Path.of("");

  private static Sweep awaitEnd(Lab lab, String name) throws Exception {
    return lab.await(
            SweepChanged.class,
            event -> event.sweep().name().equals(name) && event.sweep().endedAt().isPresent())
        .sweep();
  }

  /** After a sweep ended once, only this tells that it did again. */
  private static void awaitEnd(Lab lab, String name, Map<String, Long> counts) throws Exception {
    lab.await(
        SweepChanged.class,
        event ->
            event.sweep().name().equals(name)
                && event.sweep().endedAt().isPresent()
                && event.sweep().counts().equals(counts));
  }

  private static Sweep find(Lab lab, String name) {
    return Lab.result(lab.queue.sweeps().find(name));
  }

  @Test
  void aSweepRunsToItsEnd() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      Sweeps.Submitted submitted = lab.submitSweep(LADDER);
      assertThat(submitted.jobs()).hasSize(3);
      assertThat(submitted.existing()).isFalse();
      Sweep ended = awaitEnd(lab, "ladder");
      assertThat(ended.counts()).isEqualTo(Map.of("SUCCEEDED", 3L));
      // Asked for once more, it has nothing to add.
      Sweeps.Submitted again = lab.submitSweep(LADDER);
      assertThat(again.jobs()).isEqualTo(submitted.jobs());
      assertThat(again.existing()).isTrue();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> lab.submitSweep(LADDER.replace("3]", "4]")))
          .satisfies(Lab.refusal("sweep-taken"));
    }
  }

  @Test
  void whatIsThereIsNotRunTwiceUnlessAsked() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      List<Long> first = lab.submitSweep(LADDER).jobs();
      Sweeps.Submitted wider =
          lab.submitSweep(LADDER.replace("ladder", "wider").replace("3]", "3, 4]"));
      assertThat(wider.reused()).isEqualTo(first);
      assertThat(wider.jobs()).hasSize(4).containsAll(first);
      assertThat(awaitEnd(lab, "wider").counts()).isEqualTo(Map.of("SUCCEEDED", 4L));
      Sweeps.Submitted again =
          lab.submitSweep(LADDER.replace("'ladder'", "'again', 'again': true"));
      assertThat(again.reused()).isEmpty();
      assertThat(again.jobs()).doesNotContainAnyElementsOf(first);
    }
  }

  @Test
  void aHeatmapWaitsForItsTraining() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      Sweeps.Submitted submitted =
          lab.submitSweep(
              """
              {'name': 'then', 'base': {'dataset': 'scene15'},
               'grid': {'architecture': ['bagnet33', 'resnet50']},
               'then': [{'kind': 'heatmap', 'stride': 8}, {'kind': 'evaluate'}]}
              """);
      List<String> kinds =
          Lab.result(lab.queue.sweeps().jobs("then")).stream()
              .map(job -> job.spec().kind())
              .toList();
      // A ResNet has no heatmap.
      assertThat(kinds).containsExactly("train", "heatmap", "evaluate", "train", "evaluate");
      assertThat(submitted.jobs()).hasSize(5);
      assertThat(awaitEnd(lab, "then").counts()).isEqualTo(Map.of("SUCCEEDED", 5L));
    }
  }

  @Test
  void aTrainingFollowsATraining() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      String sweep =
          """
          {'name': 'pretrain', 'base': {'dataset': 'controlled-15', 'width': 0.5},
           'grid': {'architecture': ['bagnet33', 'resnet50'], 'epochs': [2, 3]},
           'then': [{'kind': 'train', 'dataset': 'scene15', 'recipe': 'finetune'},
                    {'kind': 'train', 'dataset': 'scene15', 'fromRun': 'none', 'epochs': 9}]}
          """;
      Sweeps.Submitted submitted = lab.submitSweep(sweep);
      // The trainings from scratch are the same after any number of epochs.
      assertThat(submitted.jobs()).hasSize(2 * (2 + 2 + 1));
      assertThat(awaitEnd(lab, "pretrain").counts()).isEqualTo(Map.of("SUCCEEDED", 10L));
      List<TrainSpec> trained =
          Lab.result(lab.queue.sweeps().jobs("pretrain")).stream()
              .map(job -> (TrainSpec) job.spec())
              .filter(spec -> spec.dataset().equals("scene15"))
              .toList();
      assertThat(trained)
          .extracting(TrainSpec::architecture, TrainSpec::width, TrainSpec::regime)
          .containsExactly(
              tuple("bagnet33", .5, "pretrained on controlled-15 by run 1"),
              tuple("bagnet33", .5, "from scratch"),
              tuple("bagnet33", .5, "pretrained on controlled-15 by run 4"),
              tuple("resnet50", .5, "pretrained on controlled-15 by run 6"),
              tuple("resnet50", .5, "from scratch"),
              tuple("resnet50", .5, "pretrained on controlled-15 by run 9"));
      Sweeps.Submitted again = lab.submitSweep(sweep);
      assertThat(again.jobs()).isEqualTo(submitted.jobs());
    }
  }

  @Test
  void trialsFromARunAndWhatFollowsThemHaveItsWidth() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long run =
          lab.submit(
                  "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"width\":0.75}")
              .id();
      String sweep =
          """
          {'name': 'tune', 'base': {'architecture': 'bagnet33', 'dataset': 'scene15', 'fromRun': %d},
           'grid': {'epochs': [2, 3]},
           'then': [{'kind': 'train', 'dataset': 'controlled-15'},
                    {'kind': 'train', 'dataset': 'controlled-15', 'fromRun': 'none'}]}
          """
              .formatted(run);
      List<Long> jobs = lab.submitSweep(sweep).jobs();
      assertThat(Lab.result(lab.queue.sweeps().jobs("tune")))
          .hasSize(2 * 2 + 1)
          .allSatisfy(job -> assertThat(((TrainSpec) job.spec()).width()).isEqualTo(.75));
      assertThat(lab.submitSweep(sweep).jobs()).isEqualTo(jobs);
    }
  }

  @Test
  void whatFollowsATrainingIsNotRunTwiceEither() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      String narrow = LADDER.replace("'base'", "'then': [{'kind': 'evaluate'}], 'base'");
      List<Long> first = lab.submitSweep(narrow).jobs();
      awaitEnd(lab, "ladder");
      Sweeps.Submitted wider =
          lab.submitSweep(narrow.replace("ladder", "wider").replace("3]", "3, 4]"));
      assertThat(wider.reused()).hasSameElementsAs(first);
      assertThat(wider.jobs()).hasSize(8);
    }
  }

  @Test
  void aTrainingOfImagesThatWereReplacedIsNotReused() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      List<Long> first = lab.submitSweep(LADDER).jobs();
      awaitEnd(lab, "ladder");
      lab.catalogue.replaceDatasets();
      Sweeps.Submitted wider = lab.submitSweep(WIDER);
      assertThat(wider.reused()).isEmpty();
      assertThat(wider.jobs()).hasSize(3).doesNotContainAnyElementsOf(first);
    }
  }

  @Test
  void nothingIsQueuedOfASweepThatIsWrong() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      SweepPlan plan = Lab.plan(LADDER.replace("'name'", "'then': [{'kind': 'evaluate'}], 'name'"));
      SweepPlan wrong =
          new SweepPlan(
              plan.name(),
              plan.definition(),
              false,
              3,
              Optional.empty(),
              plan.jobs(),
              List.of(Json.MAPPER.createObjectNode().put("kind", "evaluate").put("seed", 1)));
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.sweeps().submit(wrong)))
          .withCauseInstanceOf(InvalidSpec.class);
      assertThat(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 9, 0)).total())
          .isZero();
      assertThat(Lab.result(lab.queue.sweeps().all())).isEmpty();
    }
  }

  @Test
  void aHeldSweepStartsNothingMore() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long running = lab.submitSweep(LADDER).jobs().get(0);
      lab.awaitProgress(running);
      lab.nextWorkers("train");
      assertThat(Lab.result(lab.queue.sweeps().hold("ladder")).sweep().hold())
          .contains(Cause.Simple.HELD_BY_HAND);
      Lab.result(lab.queue.cancel(running));
      lab.await(running, JobState.Name.CANCELLED);
      long other = lab.submit().id();
      lab.await(other, JobState.Name.SUCCEEDED);
      assertThat(find(lab, "ladder").counts()).containsEntry("QUEUED", 2L);
      Lab.result(lab.queue.sweeps().release("ladder"));
      assertThat(awaitEnd(lab, "ladder").counts())
          .isEqualTo(Map.of("CANCELLED", 1L, "SUCCEEDED", 2L));
    }
  }

  @Test
  void repeatedFailuresStopASweep() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      lab.submitSweep(LADDER.replace("3]", "3, 4, 5]"));
      Sweep stopped =
          lab.await(SweepChanged.class, event -> event.sweep().hold().isPresent()).sweep();
      assertThat(stopped.hold())
          .contains(new Cause.StoppedAfterFailures(3, 3, "There is no image 'a.jpg'."));
      assertThat(stopped.counts()).isEqualTo(Map.of("FAILED", 3L, "QUEUED", 2L));
      lab.nextWorkers("train");
      Lab.result(lab.queue.sweeps().release("ladder"));
      assertThat(awaitEnd(lab, "ladder").counts()).isEqualTo(Map.of("FAILED", 3L, "SUCCEEDED", 2L));
    }
  }

  /** Its budget is 36 seconds, of which its first job uses more. */
  @Test
  void aSweepThatHasUsedItsBudgetIsHeldAndReleasedForAsMuchAgain() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      String budget = LADDER.replace("'name'", "'budget': 0.01, 'name'");
      long first = lab.submitSweep(budget).jobs().get(0);
      lab.awaitProgress(first);
      lab.silence.pass(Duration.ofSeconds(40));
      Lab.result(lab.queue.cancel(first));
      Sweep used = lab.await(SweepChanged.class, event -> event.sweep().hold().isPresent()).sweep();
      assertThat(used.hold()).contains(new Cause.BudgetUsed(0.01));
      assertThat(used.budget()).contains(new Budget(36, 40));
      lab.await(first, JobState.Name.CANCELLED);

      // The time of a job that it only shares does not count.
      lab.nextWorkers("train");
      Sweep other =
          Lab.result(
              lab.queue
                  .sweeps()
                  .find(lab.submitSweep(WIDER.replace("'name'", "'budget': 0.01, 'name'")).id()));
      assertThat(other.budget()).contains(new Budget(36, 0));

      Sweep released = Lab.result(lab.queue.sweeps().release("ladder"));
      assertThat(released.hold()).isEmpty();
      assertThat(released.budget()).contains(new Budget(76, 40));
      assertThat(awaitEnd(lab, "ladder").counts())
          .isEqualTo(Map.of("CANCELLED", 1L, "SUCCEEDED", 2L));
    }
  }

  @Test
  void aCancelledSweepEnds() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      long running = lab.submitSweep(LADDER).jobs().get(0);
      lab.awaitProgress(running);
      Lab.result(lab.queue.sweeps().cancel("ladder"));
      assertThat(awaitEnd(lab, "ladder").counts()).isEqualTo(Map.of("CANCELLED", 3L));
    }
  }

  /** The trial that is best after its first epoch is the worst after its second. */
  @ParameterizedTest
  @CsvSource({"best, 90", "last, 10"})
  void trialsAreComparedByTheEpochThatTheyWouldKeep(String keep, long winner) throws Exception {
    try (Lab lab = new Lab(root, "fading", Lab.PATIENT)) {
      lab.submitSweep(
          """
          {'name': 'fading', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 9, 'keep': '%s'},
           'grid': {'seed': [10, 50, 90]}, 'halving': {'firstEpochs': 2}}
          """
              .formatted(keep));
      Sweep ended = awaitEnd(lab, "fading");
      long best = Halving.ranked(2, ended.rungs()).getFirst().job();
      assertThat(((TrainSpec) Lab.result(lab.queue.find(best)).spec()).seed()).isEqualTo(winner);
    }
  }

  @Test
  void aRunToStartFromThatIsNotThereIsNamedWithItsSection() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      SweepPlan plan =
          Lab.plan(
              """
              {'name': 'more', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33'},
               'grid': {'fromRun': [99]}}
              """);
      List<InvalidSpec> problems = Lab.result(lab.queue.sweeps().problems(plan));
      assertThat(problems)
          .singleElement()
          .satisfies(
              wrong -> {
                assertThat(wrong.field()).isEqualTo("grid.fromRun");
                assertThat(wrong).hasMessage("In grid: There is no run 99.");
              });
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.sweeps().submit(plan)))
          .withMessageContaining("In grid: There is no run 99.");
    }
  }

  /** The tiny worker's trials reach an accuracy of a hundredth of their seed. */
  @Test
  void ofHalvedTrialsTheBestGoOn() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      Sweeps.Submitted submitted =
          lab.submitSweep(
              """
              {'name': 'asha', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 9},
               'grid': {'seed': [19, 18, 17, 16, 15, 14, 13, 12, 11]}, 'halving': {'firstEpochs': 1}}
              """);
      Sweep ended = awaitEnd(lab, "asha");
      assertThat(ended.counts()).isEqualTo(Map.of("PRUNED", 8L, "SUCCEEDED", 1L));
      Map<Integer, Long> rungs =
          ended.rungs().stream()
              .collect(Collectors.groupingBy(rung -> rung.epoch(), Collectors.counting()));
      assertThat(rungs.get(1)).isEqualTo(9);
      assertThat(rungs.get(3)).isEqualTo(3);
      long best = submitted.jobs().get(0);
      Job winner = Lab.result(lab.queue.find(best));
      assertThat(winner.state().name()).isEqualTo(JobState.Name.SUCCEEDED);
      assertThat(((TrainSpec) winner.spec()).seed()).isEqualTo(19);
      assertThat(lab.epochs(best))
          .extracting(EpochRow::epoch)
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThat(lab.causes(best))
          .anyMatch(cause -> cause instanceof Cause.Promoted promoted && promoted.place() == 1);
      assertThat(lab.causes(submitted.jobs().get(8)))
          .last()
          .asInstanceOf(InstanceOfAssertFactories.type(Cause.Outdone.class))
          .returns(1, Cause.Outdone::epoch)
          .returns(0.11, Cause.Outdone::accuracy);
      SweepOutcomes outcomes =
          lab.database.read(tables -> StoredOutcomes.of(tables, "asha")).join();
      assertThat(outcomes.afterEpochs()).contains(1);
      assertThat(outcomes.trainings())
          .extracting(SweepOutcomes.Outcome::accuracy)
          .containsExactly(.19, .18, .17, .16, .15, .14, .13, .12, .11);
    }
  }

  @Test
  void whatWaitsForATrialDoesNotKeepTheOthersWaiting() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      List<Long> jobs =
          lab.submitSweep(
                  """
                  {'name': 'asha', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 4},
                   'grid': {'seed': [11, 12]}, 'halving': {'firstEpochs': 1},
                   'then': [{'kind': 'evaluate'}]}
                  """)
              .jobs();
      lab.await(jobs.get(2), JobState.Name.SUCCEEDED);
      lab.nextWorkers("train");
      assertThat(awaitEnd(lab, "asha").counts())
          .isEqualTo(Map.of("SUCCEEDED", 2L, "PRUNED", 1L, "CANCELLED", 1L));
      Job lost = Lab.result(lab.queue.find(jobs.get(1)));
      assertThat(Lab.cause(lost)).isEqualTo(new Cause.CancelledWithJob(jobs.get(0)));
    }
  }

  /** Two trials of which one in three goes on: the better one does once both have paused. */
  @Test
  void aTrainingThatFollowsATrialDoesNotKeepTheOthersWaiting() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      List<Long> jobs =
          lab.submitSweep(
                  """
                  {'name': 'asha', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 4},
                   'grid': {'seed': [11, 12]}, 'halving': {'firstEpochs': 1, 'factor': 3},
                   'then': [{'kind': 'train', 'dataset': 'controlled-15'}]}
                  """)
              .jobs();
      assertThat(awaitEnd(lab, "asha").counts())
          .isEqualTo(Map.of("SUCCEEDED", 2L, "PRUNED", 1L, "CANCELLED", 1L));
      Job lost = Lab.result(lab.queue.find(jobs.get(1)));
      assertThat(Lab.cause(lost)).isEqualTo(new Cause.CancelledWithJob(jobs.get(0)));
      assertThat(find(lab, "asha").rungs()).extracting(RungRow::job).doesNotContain(jobs.get(3));
    }
  }

  @Test
  void aTrialThatIsResumedByHandGoesOnWhateverTheOthersReached() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      List<Long> trials = lab.submitSweep(halved("11, 12")).jobs();
      lab.await(trials.get(0), JobState.Name.RUNNING);
      lab.closeGate("wait");
      lab.await(trials.get(0), JobState.Name.PAUSED);
      assertThat(Lab.result(lab.queue.resume(trials.get(0))).queuePosition().lastEpoch()).isEmpty();
      lab.openGate();
      lab.submit();
      assertThat(awaitEnd(lab, "asha").counts()).containsEntry("SUCCEEDED", 2L);
      // Who was ended goes on, too.
      assertThat(lab.causes(trials.get(0))).contains(Cause.Simple.RESUMED);
    }
  }

  @Test
  void aTrialThatWasEndedGoesOnWhenItIsResumed() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      List<Long> trials = lab.submitSweep(halved("12, 11")).jobs();
      awaitEnd(lab, "asha");
      Job ended = Lab.result(lab.queue.find(trials.get(1)));
      assertThat(ended.state().name()).isEqualTo(JobState.Name.CANCELLED);
      assertThat(StateFacts.of(ended.state()).checkpoint()).isTrue();
      Lab.result(lab.queue.resume(trials.get(1)));
      lab.await(trials.get(1), JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void aSweepWhoseJobsAreAllThereHasEnded() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.submitSweep(LADDER);
      awaitEnd(lab, "ladder");
      Sweeps.Submitted same = lab.submitSweep(LADDER.replace("ladder", "same"));
      assertThat(same.reused()).hasSize(3);
      assertThat(find(lab, "same").endedAt()).isPresent();
    }
  }

  @Test
  void aNameThatJobsWereGivenIsAdoptedWithItsHalving() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      lab.submit(
          """
          {"kind":"train","architecture":"bagnet33","dataset":"scene15","sweep":"asha"}
          """);
      assertThat(awaitEnd(lab, "asha").halving()).isEmpty();
      lab.submitSweep(halved("11, 12"));
      assertThat(awaitEnd(lab, "asha").counts()).isEqualTo(Map.of("SUCCEEDED", 2L, "PRUNED", 1L));
    }
  }

  @Test
  void deletingTheLastOpenJobEndsASweep() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      List<Long> jobs = lab.submitSweep(LADDER).jobs();
      Lab.result(lab.queue.pause(jobs.get(1)));
      lab.openGate();
      lab.submit();
      lab.await(jobs.get(2), JobState.Name.SUCCEEDED);
      assertThat(find(lab, "ladder").endedAt()).isEmpty();
      Lab.result(lab.queue.delete(jobs.get(1)));
      assertThat(find(lab, "ladder").endedAt()).isPresent();
    }
  }

  @Test
  void aJobThatJoinsAHeldSweepIsHeld() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      lab.submitSweep(LADDER);
      Lab.result(lab.queue.sweeps().hold("ladder"));
      Job job =
          lab.submit(
              """
              {"kind":"train","architecture":"bagnet33","dataset":"scene15","seed":9,"sweep":"ladder"}
              """);
      assertThat(job.queuePosition().held()).isTrue();
    }
  }

  @Test
  void aCancelledSweepLeavesWhatOthersShare() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      lab.submitSweep(LADDER);
      List<Long> wider = lab.submitSweep(WIDER).reused();
      Sweeps.Stopped cancelled = Lab.result(lab.queue.sweeps().cancel("ladder"));
      assertThat(cancelled.shared()).isEqualTo(wider).hasSize(2);
      assertThat(cancelled.sweep().counts()).isEqualTo(Map.of("CANCELLED", 1L));
      assertThat(cancelled.sweep().endedAt()).isPresent();
      assertThat(Lab.result(lab.queue.find(wider.get(0))).sweep()).contains("wider");
      // Nobody else wants them now.
      cancelled = Lab.result(lab.queue.sweeps().cancel("wider"));
      assertThat(cancelled.shared()).isEmpty();
      assertThat(cancelled.sweep().counts()).isEqualTo(Map.of("CANCELLED", 3L));
    }
  }

  @Test
  void aSharedJobRunsWhileOneOfItsSweepsWantsIt() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      lab.submitSweep(LADDER);
      Lab.result(lab.queue.sweeps().hold("ladder"));
      List<Long> shared = lab.submitSweep(WIDER).reused();
      assertThat(shared).hasSize(2);
      assertThat(Lab.result(lab.queue.find(shared.get(0))).queuePosition().held()).isFalse();
      assertThat(Lab.result(lab.queue.sweeps().hold("wider")).shared()).isEmpty();
      assertThat(Lab.result(lab.queue.find(shared.get(0))).queuePosition().held()).isTrue();
      Lab.result(lab.queue.sweeps().release("wider"));
      assertThat(Lab.result(lab.queue.sweeps().hold("ladder")).shared()).isEqualTo(shared);
      lab.openGate();
      lab.submit();
      assertThat(awaitEnd(lab, "wider").counts()).isEqualTo(Map.of("SUCCEEDED", 3L));
      assertThat(find(lab, "ladder").counts()).isEqualTo(Map.of("SUCCEEDED", 2L, "QUEUED", 1L));
    }
  }

  @Test
  void whatWasSharedWithACancelledSweepIsHeldWithTheOther() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      lab.submitSweep(LADDER);
      long shared = lab.submitSweep(WIDER).reused().get(0);
      Lab.result(lab.queue.sweeps().hold("wider"));
      assertThat(Lab.result(lab.queue.find(shared)).queuePosition().held()).isFalse();
      Lab.result(lab.queue.sweeps().cancel("ladder"));
      assertThat(Lab.result(lab.queue.find(shared)).queuePosition().held()).isTrue();
    }
  }

  @Test
  void aFailureCountsInAllSweepsOfAJob() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      lab.closeGate("wait");
      lab.submitSweep(LADDER.replace("'name'", "'stopAfterFailures': 0, 'name'"));
      lab.submitSweep(WIDER.replace("'name'", "'stopAfterFailures': 2, 'name'"));
      lab.openGate();
      lab.submit();
      Sweep stopped =
          lab.await(SweepChanged.class, event -> event.sweep().hold().isPresent()).sweep();
      assertThat(stopped.name()).isEqualTo("wider");
      assertThat(stopped.counts()).containsEntry("FAILED", 2L);
    }
  }

  @Test
  void aResumedSweepRunsWhatHasNoResult() throws Exception {
    try (Lab lab = new Lab(root, "refuse", Lab.PATIENT)) {
      String ladder =
          LADDER.replace("'name'", "'then': [{'kind': 'evaluate'}], 'name'").replace("3]", "3, 4]");
      lab.submitSweep(ladder);
      lab.await(SweepChanged.class, event -> event.sweep().hold().isPresent());
      Lab.result(lab.queue.sweeps().cancel("ladder"));
      Map<String, Long> counts = awaitEnd(lab, "ladder").counts();
      assertThat(counts).isEqualTo(Map.of("FAILED", 6L, "CANCELLED", 2L));
      Sweeps.Submitted again = lab.submitSweep(ladder);
      assertThat(again.withoutResult()).isEqualTo(again.jobs()).hasSize(8);
      lab.nextWorkers("train");
      Sweeps.Resumed resumed = Lab.result(lab.queue.sweeps().resume("ladder"));
      assertThat(resumed.jobs()).isEqualTo(again.jobs());
      assertThat(resumed.sweep().hold()).isEmpty();
      awaitEnd(lab, "ladder", Map.of("SUCCEEDED", 8L));
      assertThat(Lab.result(lab.queue.sweeps().resume("ladder")).jobs()).isEmpty();
    }
  }

  @Test
  void aTrialThatLostStaysSoWhenItsSweepIsResumed() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      List<Long> jobs =
          lab.submitSweep(
                  """
                  {'name': 'asha', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 4},
                   'grid': {'seed': [12, 11]}, 'halving': {'firstEpochs': 1, 'factor': 4},
                   'then': [{'kind': 'evaluate'}]}
                  """)
              .jobs();
      lab.await(jobs.get(0), JobState.Name.SUCCEEDED);
      lab.nextWorkers("train");
      Sweep ended = awaitEnd(lab, "asha");
      assertThat(ended.counts()).isEqualTo(Map.of("SUCCEEDED", 2L, "PRUNED", 1L, "CANCELLED", 1L));
      assertThat(Lab.result(lab.queue.sweeps().resume("asha")).jobs()).isEmpty();
      assertThat(find(lab, "asha").counts()).isEqualTo(ended.counts());
    }
  }

  @Test
  void whatWaitedForACancelledTrainingComesBackWithIt() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      List<Long> jobs =
          lab.submitSweep(
                  """
                  {'name': 'then', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33'},
                   'then': [{'kind': 'heatmap', 'stride': 8}, {'kind': 'evaluate'}]}
                  """)
              .jobs();
      Lab.result(lab.queue.cancel(jobs.get(1)));
      Lab.result(lab.queue.cancel(jobs.get(0)));
      assertThat(find(lab, "then").counts()).isEqualTo(Map.of("CANCELLED", 3L));
      Lab.result(lab.queue.resume(jobs.get(0)));
      // Not what was cancelled for its own sake.
      assertThat(find(lab, "then").counts()).isEqualTo(Map.of("CANCELLED", 1L, "QUEUED", 2L));
      assertThat(lab.causes(jobs.get(2))).last().isEqualTo(new Cause.ResumedWithJob(jobs.get(0)));
      lab.openGate();
      lab.submit();
      awaitEnd(lab, "then", Map.of("CANCELLED", 1L, "SUCCEEDED", 2L));
    }
  }

  @Test
  void aDeletedSweepTakesItsOwnJobsAlongAndFreesItsName() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      List<Long> ladder = lab.submitSweep(LADDER).jobs();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.sweeps().delete("ladder")))
          .withCauseInstanceOf(JobConflict.class)
          .withMessageContaining("is QUEUED: cancel the sweep first");
      lab.openGate();
      lab.submit();
      awaitEnd(lab, "ladder");
      List<Long> shared = lab.submitSweep(WIDER).reused();
      awaitEnd(lab, "wider");
      long own = ladder.get(0);
      assertThat(lab.directory.run(own)).exists();
      assertThat(Lab.result(lab.queue.sweeps().delete("ladder"))).containsExactly(own);
      lab.await(SweepDeleted.class, event -> event.sweep().equals("ladder"));
      lab.await(QueueEvent.FilesDeleted.class, event -> event.job() == own);
      assertThat(lab.directory.run(own)).doesNotExist();
      assertThat(lab.directory.run(shared.get(0))).exists();
      assertThat(Lab.result(lab.queue.find(shared.get(0))).sweep()).contains("wider");
      // Another sweep may have its name.
      assertThat(lab.submitSweep(LADDER.replace("3]", "3, 4, 5]")).existing()).isFalse();
    }
  }

  @Test
  void aJobThatWasQueuedAloneStaysWhateverHappensToASweepThatSharesIt() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      lab.closeGate("wait");
      long alone = lab.submit().id();
      assertThat(lab.submitSweep(LADDER).reused()).containsExactly(alone);
      Lab.result(lab.queue.sweeps().hold("ladder"));
      assertThat(Lab.result(lab.queue.find(alone)).queuePosition().held()).isFalse();
      assertThat(Lab.result(lab.queue.sweeps().cancel("ladder")).shared()).containsExactly(alone);
      assertThat(lab.submitSweep(LADDER).reused()).containsExactly(alone);
      Lab.result(lab.queue.sweeps().release("ladder"));
      lab.openGate();
      lab.await(lab.submit().id(), JobState.Name.SUCCEEDED);
      assertThat(Lab.result(lab.queue.sweeps().delete("ladder"))).doesNotContain(alone);
      assertThat(Lab.result(lab.queue.find(alone)).state().name())
          .isEqualTo(JobState.Name.SUCCEEDED);
    }
  }

  @Test
  void trialsThatWereCancelledWhileTheyWaitedComeBackWithTheirSweep() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      List<Long> trials = lab.submitSweep(halved("12, 11")).jobs();
      lab.await(trials.get(0), JobState.Name.RUNNING);
      lab.closeGate("wait");
      lab.await(trials.get(0), JobState.Name.PAUSED);
      Lab.result(lab.queue.sweeps().cancel("asha"));
      Sweeps.Resumed resumed = Lab.result(lab.queue.sweeps().resume("asha"));
      assertThat(resumed.jobs()).isEqualTo(trials);
      lab.openGate();
      lab.submit();
      awaitEnd(lab, "asha", Map.of("SUCCEEDED", 1L, "PRUNED", 1L));
      assertThat(lab.causes(trials.get(0))).contains(new Cause.Promoted(1, 2, 1));
    }
  }

  @Test
  void aTrialThatComesLaterIsComparedWithAllThatCameBefore() throws Exception {
    try (Lab lab = new Lab(root, "trial", Lab.PATIENT)) {
      lab.closeGate("wait");
      List<Long> trials =
          lab.submitSweep(
                  """
                  {'name': 'asha', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 4},
                   'grid': {'seed': [19, 18, 17, 16, 15, 14]}, 'halving': {'factor': 3}}
                  """)
              .jobs();
      long second = trials.get(1);
      Lab.result(lab.queue.cancel(second));
      lab.openGate();
      lab.submit();
      awaitEnd(lab, "asha", Map.of("SUCCEEDED", 1L, "PRUNED", 4L, "CANCELLED", 1L));
      assertThat(Lab.result(lab.queue.sweeps().resume("asha")).jobs()).containsExactly(second);
      lab.await(second, JobState.Name.CANCELLED);
      assertThat(lab.causes(second))
          .contains(new Cause.Promoted(2, 6, 1))
          .last()
          .asInstanceOf(InstanceOfAssertFactories.type(Cause.Outdone.class))
          .returns(2, Cause.Outdone::place)
          .returns(2, Cause.Outdone::trials);
    }
  }

  private static String halved(String seeds) {
    return """
        {'name': 'asha', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33', 'epochs': 4},
         'grid': {'seed': [%s]}, 'halving': {'firstEpochs': 1, 'factor': 4}}
        """
        .formatted(seeds);
  }
}
