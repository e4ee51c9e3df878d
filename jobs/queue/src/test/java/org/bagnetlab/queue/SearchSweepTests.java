package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.event.QueueEvent.SweepChanged;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.store.StoredOutcomes;
import org.bagnetlab.queue.store.TrialResults;
import org.bagnetlab.queue.sweep.Search;
import org.bagnetlab.queue.sweep.SweepOutcomes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Later trials of a search try what the results suggest, and stop if they are worse than others.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(120)
class SearchSweepTests {

  private static final String SEARCH =
      """
      {'name': 'search', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33'},
       'random': {'sampler': 'tpe', 'trials': 6, 'startup': 3,
                  'learningRate': {'from': 0.0001, 'to': 0.01, 'scale': 'log'},
                  'batchSize': [8, 16, 32]},
       'then': [{'kind': 'evaluate'}]}
      """;

  @TempDir private Path root = Path.of("");

  private static void awaitEnd(Lab lab, Map<String, Long> counts) throws Exception {
    lab.await(
        SweepChanged.class,
        event -> event.sweep().endedAt().isPresent() && event.sweep().counts().equals(counts));
  }

  /** The trainings of the search, in the order of the draws. */
  private static List<Job> trials(Lab lab) {
    return Lab.result(lab.queue.sweeps().jobs("search")).stream()
        .filter(job -> job.spec() instanceof TrainSpec)
        .toList();
  }

  private static List<Double> rates(List<Job> trials) {
    return trials.stream().map(job -> job.spec().get(TrainExperiment.LEARNING_RATE)).toList();
  }

  private static List<Double> drawnRates() throws Exception {
    return Lab.plan(SEARCH).jobs().stream()
        .map(job -> job.spec().get(TrainExperiment.LEARNING_RATE))
        .toList();
  }

  private static List<Search.Result> results(Lab lab, int point) {
    return lab.database.read(tables -> TrialResults.of(tables, "search", point)).join();
  }

  @Test
  void laterTrialsTryOtherValuesThanWereDrawn() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      assertThat(lab.submitSweep(SEARCH).jobs()).hasSize(12);
      awaitEnd(lab, Map.of("SUCCEEDED", 12L));
      List<Double> tried = rates(trials(lab));
      assertThat(tried.subList(0, 3)).isEqualTo(drawnRates().subList(0, 3));
      assertThat(tried.subList(3, 6))
          .doesNotContainAnyElementsOf(drawnRates())
          .allMatch(rate -> rate >= 0.0001 && rate <= 0.01);
      // Titles, results and specifications agree.
      for (Job trial : trials(lab)) {
        assertThat(trial.title())
            .isEqualTo(new TrainExperiment().title((TrainSpec) trial.spec(), lab.catalogue));
      }
      assertThat(results(lab, 0))
          .extracting(result -> result.tried().path("learningRate").doubleValue())
          .isEqualTo(tried);
    }
  }

  /** Random search over the same ranges, with the same seed, has the same draws. */
  @Test
  void trialsThatLearnAreNotThoseOfAnotherSearch() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      List<Long> random =
          lab.submitSweep(
                  SEARCH
                      .replace("'search'", "'random'")
                      .replace("'sampler': 'tpe', ", "")
                      .replace("'startup': 3,", ""))
              .jobs();
      assertThat(random).hasSize(12);
      awaitEnd(lab, Map.of("SUCCEEDED", 12L));
      Sweeps.Submitted search = lab.submitSweep(SEARCH);
      // The first three trials are random anyway, each with a job that follows it.
      assertThat(search.reused()).hasSize(6).isSubsetOf(random);
      lab.await(
          SweepChanged.class,
          event -> event.sweep().name().equals("search") && event.sweep().endedAt().isPresent());
      List<Double> tried = rates(trials(lab));
      assertThat(tried.subList(0, 3)).isEqualTo(drawnRates().subList(0, 3));
      assertThat(tried.subList(3, 6)).doesNotContainAnyElementsOf(drawnRates());
    }
  }

  @Test
  void aSearchThatIsRequestedAgainHasNothingToAdd() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      Sweeps.Submitted first = lab.submitSweep(SEARCH);
      awaitEnd(lab, Map.of("SUCCEEDED", 12L));
      Sweeps.Submitted again = lab.submitSweep(SEARCH);
      assertThat(again.existing()).isTrue();
      assertThat(again.jobs()).isEqualTo(first.jobs());
      // A deleted trial is missing, and is added.
      Job last = trials(lab).getLast();
      for (Job job : Lab.result(lab.queue.sweeps().jobs("search"))) {
        if (job.id() == last.id() || job.spec().subject().equals(Optional.of(last.id()))) {
          var _ = Lab.result(lab.queue.delete(job.id()));
        }
      }
      assertThat(lab.submitSweep(SEARCH).jobs()).hasSize(12).doesNotContain(last.id());
      awaitEnd(lab, Map.of("SUCCEEDED", 12L));
    }
  }

  @Test
  void theSameResultsLeadToTheSameValuesAlsoAfterARestart() throws Exception {
    List<Double> uninterrupted;
    try (Lab lab = new Lab(root.resolve("one"), "train", Lab.PATIENT)) {
      var _ = lab.submitSweep(SEARCH);
      awaitEnd(lab, Map.of("SUCCEEDED", 12L));
      uninterrupted = rates(trials(lab));
    }
    Path other = root.resolve("other");
    try (Lab lab = new Lab(other, "train", Lab.PATIENT)) {
      var _ = lab.submitSweep(SEARCH);
      lab.await(trials(lab).get(3).id(), JobState.Name.SUCCEEDED);
    }
    try (Lab lab = new Lab(other, "train", Lab.PATIENT)) {
      if (Lab.result(lab.queue.sweeps().find("search")).endedAt().isEmpty()) {
        awaitEnd(lab, Map.of("SUCCEEDED", 12L));
      }
      assertThat(rates(trials(lab))).isEqualTo(uninterrupted);
    }
  }

  @Test
  void eachPointOfTheGridAndTheCasesIsSearchedByItself() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      var _ =
          lab.submitSweep(
              SEARCH
                  .replace(
                      ", 'architecture': 'bagnet33'}",
                      "}, 'cases': [{'architecture': 'bagnet33'}, {'architecture': 'resnet50'}], 'grid': {'seed': [1, 2]}")
                  .replace("{'kind': 'evaluate'}", ""));
      awaitEnd(lab, Map.of("SUCCEEDED", 24L));
      for (int point = 0; point < 4; point++) {
        assertThat(results(lab, point)).hasSize(6).doesNotHaveDuplicates();
      }
      assertThat(trials(lab).stream().map(Job::spec).map(TrainSpec.class::cast))
          .allMatch(spec -> spec.architecture().matches("bagnet33|resnet50"))
          .hasSize(24)
          .doesNotHaveDuplicates();
      // The first trials of all points are the same draws; later ones follow their own results.
      List<Double> tried = rates(trials(lab));
      assertThat(tried.subList(0, 4)).containsOnly(tried.getFirst());
      assertThat(tried.subList(20, 24)).doesNotHaveDuplicates();
    }
  }

  @Test
  void aCancelledSearchGoesOnWhenItIsResumed() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      String search = SEARCH.replace("{'kind': 'evaluate'}", "");
      long first = lab.submitSweep(search).jobs().getFirst();
      lab.awaitProgress(first);
      assertThat(Lab.result(lab.queue.sweeps().hold("search")).sweep().counts())
          .isEqualTo(Map.of("RUNNING", 1L, "QUEUED", 5L));
      var _ = Lab.result(lab.queue.sweeps().cancel("search"));
      awaitEnd(lab, Map.of("CANCELLED", 6L));
      lab.nextWorkers("train");
      assertThat(Lab.result(lab.queue.sweeps().resume("search")).jobs()).hasSize(6);
      awaitEnd(lab, Map.of("SUCCEEDED", 6L));
      assertThat(rates(trials(lab)).subList(3, 6)).doesNotContainAnyElementsOf(drawnRates());
    }
  }

  @Test
  void aTrialThatAnotherSweepSharesKeepsItsValues() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      String search = SEARCH.replace("{'kind': 'evaluate'}", "");
      List<Long> jobs = lab.submitSweep(search).jobs();
      lab.awaitProgress(jobs.getFirst());
      Sweeps.Submitted other =
          lab.submitSweep(
              search
                  .replace("'search'", "'other'")
                  .replace("'tpe'", "'random'")
                  .replace(" 'startup': 3,", ""));
      assertThat(other.reused()).isEqualTo(jobs);
      var _ = Lab.result(lab.queue.cancel(jobs.getFirst()));
      lab.nextWorkers("train");
      lab.await(jobs.getLast(), JobState.Name.SUCCEEDED);
      assertThat(rates(trials(lab))).isEqualTo(drawnRates());
    }
  }

  @Test
  void aTrialThatAnotherJobDependsOnKeepsItsValues() throws Exception {
    try (Lab lab = new Lab(root, "obey", Lab.PATIENT)) {
      List<Long> jobs = lab.submitSweep(SEARCH.replace("{'kind': 'evaluate'}", "")).jobs();
      lab.awaitProgress(jobs.getFirst());
      Job dependent =
          lab.submit(
              "{\"kind\":\"train\",\"architecture\":\"bagnet33\",\"dataset\":\"scene15\",\"fromRun\":%d}"
                  .formatted(jobs.get(4)));
      lab.nextWorkers("train");
      var _ = Lab.result(lab.queue.cancel(jobs.getFirst()));
      lab.await(dependent.id(), JobState.Name.SUCCEEDED);
      assertThat(rates(trials(lab)).get(4)).isEqualTo(drawnRates().get(4));
      assertThat(rates(trials(lab)).get(5)).isNotEqualTo(drawnRates().get(5));
    }
  }

  @Test
  void jobsThatWereSubmittedUnderItsNameBecomeItsTrials() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      String search = SEARCH.replace("{'kind': 'evaluate'}", "");
      JobRequest first = Lab.plan(search).jobs().getFirst();
      Job before =
          Lab.result(
              lab.queue.submit(JobRequest.of(first.spec(), first.title(), Optional.of("search"))));
      assertThat(lab.submitSweep(search).jobs()).hasSize(6).contains(before.id());
      awaitEnd(lab, Map.of("SUCCEEDED", 6L));
      assertThat(results(lab, 0)).hasSize(6);
    }
  }

  /** Of four trials, the last one waits in its second epoch and is worse than the others. */
  private static String withWorseTrial() throws Exception {
    for (int seed = 1; ; seed++) {
      String search =
          """
          {'name': 'search', 'base': {'dataset': 'scene15', 'architecture': 'bagnet33'},
           'random': {'trials': 12, 'seed': %d, 'learningRate': [0.001, 0.002, 0.003, 0.5]},
           'medianStopping': {'afterEpochs': 1, 'afterTrials': 2}, 'then': [{'kind': 'evaluate'}]}
          """
              .formatted(seed);
      List<JobRequest> trials = Lab.plan(search).jobs();
      if (trials.size() == 4 && trials.getLast().spec().get(TrainExperiment.LEARNING_RATE) == 0.5) {
        return search;
      }
    }
  }

  @Test
  void aTrialBelowTheMedianStopsOnce() throws Exception {
    try (Lab lab = new Lab(root, "study", Lab.PATIENT)) {
      var _ = lab.submitSweep(withWorseTrial());
      awaitEnd(lab, Map.of("SUCCEEDED", 6L, "CANCELLED", 1L, "PRUNED", 1L));
      Job worse = trials(lab).getLast();
      assertThat(worse.state())
          .isInstanceOfSatisfying(
              JobState.Cancelled.class,
              state -> {
                assertThat(state.cause()).isEqualTo(new Cause.BelowMedian(1, .1, .2, 3));
                assertThat(state.checkpoint()).isTrue();
              });
      assertThat(results(lab, 0))
          .extracting(result -> result.accuracy().orElseThrow())
          .containsExactly(.2, .2, .2, .1);
      SweepOutcomes outcomes =
          lab.database.read(tables -> StoredOutcomes.of(tables, "search")).join();
      assertThat(outcomes.afterEpochs()).isEmpty();
      assertThat(outcomes.sampled()).containsExactly("learningRate");
      assertThat(outcomes.trainings())
          .extracting(SweepOutcomes.Outcome::accuracy)
          .containsExactly(.2, .2, .2, .1);
      // It has a result: its sweep does not run it again, but a user can.
      assertThat(Lab.result(lab.queue.sweeps().resume("search")).jobs()).isEmpty();
      var _ = Lab.result(lab.queue.resume(worse.id()));
      lab.awaitProgress(worse.id());
      assertThat(Lab.result(lab.queue.find(worse.id())).state())
          .isInstanceOf(JobState.Running.class);
      var _ = Lab.result(lab.queue.cancel(worse.id()));
      assertThat(lab.await(worse.id(), JobState.Name.CANCELLED).state())
          .isInstanceOfSatisfying(
              JobState.Cancelled.class,
              state -> assertThat(state.cause()).isEqualTo(Cause.Simple.CANCEL_REQUESTED));
    }
  }
}
