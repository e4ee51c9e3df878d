package org.bagnetlab.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.spec.SmallCatalogue;
import org.bagnetlab.queue.store.ArtifactRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The jobs of a batch are queued all or none, and no result is computed twice. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Lab.THREADS, mode = ResourceAccessMode.READ)
@Timeout(120)
class JobBatchTests {

  private static final String TRAINING =
      "{'kind': 'train', 'architecture': 'bagnet33', 'dataset': 'scene15', 'seed': %d}";

  @TempDir private Path root = Path.of("");

  private static JobBatch batch(String... jobs) throws Exception {
    return JobBatch.read(body(jobs), new JobSpecReader(new SmallCatalogue()));
  }

  private static JobBatch.Check check(Lab lab, String... jobs) throws Exception {
    return Lab.result(
        lab.queue.check(JobBatch.draft(body(jobs), new JobSpecReader(new SmallCatalogue()))));
  }

  private static JsonNode body(String... jobs) throws Exception {
    return Json.MAPPER.readTree(
        "{'jobs': [%s]}".formatted(String.join(",", jobs)).replace('\'', '"'));
  }

  private static String job(long seed, String then) {
    return "{'spec': %s, 'then': [%s]}".formatted(TRAINING.formatted(seed), then);
  }

  @Test
  void onlyWhatIsMissingIsQueued() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long first = lab.submit(TRAINING.formatted(1).replace('\'', '"')).id();
      lab.await(first, JobState.Name.SUCCEEDED);
      String[] jobs = {job(1, "{'kind': 'heatmap'}"), job(2, "{'kind': 'heatmap'}")};
      JobBatch batch = batch(jobs);
      List<JobBatch.Checked> checked = check(lab, jobs).jobs();
      assertThat(checked).hasSize(4);
      assertThat(checked.get(0).existing()).contains(first);
      assertThat(checked.get(0).time()).isEmpty();
      assertThat(checked.get(1).title()).startsWith("Heatmap of BagNet-33");
      assertThat(checked.get(2).existing()).isEmpty();
      assertThat(checked.get(2).time()).isPresent();
      assertThat(checked.get(3).time()).isEmpty();
      JobBatch.Submitted submitted = Lab.result(lab.queue.submit(batch));
      assertThat(submitted.existing()).containsExactly(first);
      List<Long> queued = submitted.queued();
      assertThat(queued).hasSize(3);
      for (long id : queued) {
        lab.await(id, JobState.Name.SUCCEEDED);
      }
      assertThat(Lab.result(lab.queue.find(queued.get(0))).spec().subject()).contains(first);
      assertThat(Lab.result(lab.queue.find(queued.get(2))).spec().subject())
          .contains(queued.get(1));
      assertThat(check(lab, "{'spec': {'kind': 'heatmap', 'run': %d}}".formatted(first)).jobs())
          .extracting(JobBatch.Checked::title)
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("Heatmap of run %d".formatted(first))
          .contains(": BagNet-33");
      assertThat(check(lab, job(3, "{'kind': 'heatmap'}")).jobs())
          .as("a heatmap of a network like this took so long")
          .allSatisfy(each -> assertThat(each.time()).isPresent());
      assertThat(check(lab, jobs).jobs())
          .as("all of them, with the jobs that follow, exist now")
          .allSatisfy(each -> assertThat(each.existing()).isPresent());
      JobBatch.Submitted again = Lab.result(lab.queue.submit(batch));
      assertThat(again.queued()).isEmpty();
      assertThat(again.existing())
          .containsExactly(first, queued.get(0), queued.get(1), queued.get(2));
    }
  }

  @Test
  void anInvalidJobQueuesNone() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      JobBatch batch =
          batch(job(1, "{'kind': 'heatmap'}"), job(2, "{'kind': 'heatmap', 'stride': 3}"));
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> Lab.result(lab.queue.submit(batch)))
          .withRootCauseInstanceOf(InvalidSpec.class)
          .withMessageContaining("Job 2: stride must be");
      assertThat(Lab.result(lab.queue.list(JobFilter.none(), JobOrder.NEWEST, 10, 0)).total())
          .isZero();
      for (String wrong :
          List.of(
              "{'spec': {'kind': 'train'}}",
              "{'spec': %s, 'after': 1}".formatted(TRAINING.formatted(1)),
              "{'spec': %s, 'then': [1]}".formatted(TRAINING.formatted(1)),
              "{'spec': %s, 'then': {'a': {'kind': 'heatmap'}}}".formatted(TRAINING.formatted(1)),
              "{'spec': %s}".formatted(TRAINING.formatted(1).replace("}", ", 'sweep': 'a'}")))) {
        assertThatExceptionOfType(InvalidSpec.class)
            .isThrownBy(() -> batch(wrong))
            .withMessageStartingWith("Job 1: ");
      }
      assertThatExceptionOfType(InvalidSpec.class)
          .isThrownBy(() -> batch())
          .withMessage("jobs must be a list of jobs.");
    }
  }

  @Test
  void aCheckSaysWhichJobsAreNotPossible() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      JobBatch.Check check =
          check(
              lab,
              "{'spec': {'kind': 'train'}}",
              job(1, "{'kind': 'heatmap'}"),
              job(2, "{'kind': 'heatmap', 'stride': 3}"),
              "{'spec': {'kind': 'heatmap', 'run': 99}}");
      assertThat(check.jobs())
          .extracting(JobBatch.Checked::title)
          .hasSize(2)
          .last(InstanceOfAssertFactories.STRING)
          .startsWith("Heatmap of");
      assertThat(check.refused()).containsOnlyKeys(1, 3, 4);
      assertThat(check.refused().get(3)).hasMessageContaining("stride must be");
      assertThat(check.refused().get(4)).hasMessage("There is no run 99.");
    }
  }

  /** Retention may remove the weights of a run; what was computed with them stays. */
  @Test
  void anExistingResultIsFoundAlthoughItsNetworkIsGone() throws Exception {
    try (Lab lab = new Lab(root, "train", Lab.PATIENT)) {
      long run = lab.submit(TRAINING.formatted(1).replace('\'', '"')).id();
      lab.await(run, JobState.Name.SUCCEEDED);
      String heatmap = "{'kind': 'heatmap', 'run': %d}".formatted(run);
      long map = lab.submit(heatmap.replace('\'', '"')).id();
      lab.await(map, JobState.Name.SUCCEEDED);
      lab.database
          .write(
              tables ->
                  tables.artifacts().ofJob(run).stream()
                      .filter(artifact -> artifact.kind().equals(ArtifactRows.CHECKPOINT))
                      .map(artifact -> tables.artifacts().remove(run, artifact.name()))
                      .toList())
          .join();
      JobBatch.Check check =
          check(
              lab,
              "{'spec': %s}".formatted(heatmap),
              "{'spec': {'kind': 'scramble', 'run': %d}}".formatted(run));
      assertThat(check.jobs())
          .singleElement()
          .satisfies(each -> assertThat(each.existing()).contains(map));
      assertThat(check.refused()).containsOnlyKeys(2);
    }
  }
}
