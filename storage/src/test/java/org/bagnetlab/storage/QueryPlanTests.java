package org.bagnetlab.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries that run often use an index. */
class QueryPlanTests {

  @TempDir Path directory;

  private String plan(String sql) {
    Database.open(directory.resolve("test")).close();
    return Jdbi.create("jdbc:h2:file:" + directory.resolve("test"), "sa", "")
        .withHandle(handle -> handle.createQuery("EXPLAIN " + sql).mapTo(String.class).one());
  }

  @Test
  void theNextJobIsTheFirstOfAnIndex() {
    assertThat(plan(JobTable.NEXT_RUNNABLE.replace(":limit", "1")))
        .contains("JOBS_RUNNABLE")
        .contains("index sorted");
  }

  @Test
  void whatWaitsIsListedInTheOrderOfAnIndex() {
    String sql = JobTable.QUEUED.replace(":limit", "25").replace(":offset", "0");
    assertThat(plan(sql.replace(":kind", "NULL"))).contains("JOBS_QUEUED").contains("index sorted");
    String count = JobTable.COUNT.replace(":kind", "'train'").replace(":state", "NULL");
    assertThat(plan(count)).contains("JOBS_BY_KIND");
  }

  @Test
  void whatWaitsForAJobAndWhatIsTheSameAreFoundByAnIndex() {
    assertThat(plan(JobTable.WAITING_FOR.replace(":job", "7"))).contains("JOBS_WAITING");
    assertThat(plan(JobTable.SAME_SPEC.replace(":spec", "'{}'"))).contains("JOBS_BY_SPEC");
  }

  @Test
  void jobsAreFoundByTheirState() {
    String sql = JobTable.NEXT_IN_STATE.replace(":state", "'QUEUED'");
    assertThat(plan(sql.replace(":limit", "1"))).contains("JOBS_BY_STATE").contains("index sorted");
  }

  @Test
  void aSweepIsFoundByItsName() {
    assertThat(plan(JobTable.OF_SWEEP.replace(":sweep", "'demo'"))).doesNotContain("tableScan");
    String open = SweepTable.OPEN.replace(":sweep", "'demo'").replace("<states>", "'QUEUED'");
    assertThat(plan(open)).contains("JOBS_BY_SWEEP");
  }

  @Test
  void jobsThatStartFromWeightsAreFoundByTheirName() {
    String sql = JobTable.STARTING_FROM.replace(":weights", "'imagenet'");
    assertThat(plan(sql.replace("<states>", "'QUEUED'"))).contains("JOBS_BY_WEIGHTS");
  }

  @Test
  void artifactsAreFoundByTheirJob() {
    assertThat(plan(ArtifactTable.OF_JOB.replace(":job", "7"))).doesNotContain("tableScan");
  }

  @Test
  void resultsAreFoundByKindAndState() {
    assertThat(plan(RunTable.SUCCEEDED_TRAININGS.replace(":dataset", "'scene15'")))
        .contains("JOBS_BY_KIND")
        .contains("ARTIFACTS_SPLITS")
        .doesNotContain("tableScan");
  }

  @Test
  void resultsAreFoundByTheirJob() {
    String found =
        ResultTable.FOUND
            .replace(":metric", "'accuracy'")
            .replace(":set", "NULL")
            .replace(":output", "NULL")
            .replace(":experiment", "NULL")
            .replace(":dataset", "'scene15'")
            .replace(":limit", "9")
            .replace(":offset", "0");
    assertThat(plan(found)).contains("JOBS_BY_STATE").doesNotContain("tableScan");
    String ofRuns =
        ResultTable.OF_RUNS.replace(":metric", "'accuracy'").replace(":output", "'accuracy'");
    assertThat(plan(ofRuns)).contains("JOBS_BY_STATE").doesNotContain("tableScan");
    String epochs =
        RunTable.EPOCHS_OF_ALL
            .replace(":dataset", "'scene15'")
            .replace(":limit", "9")
            .replace(":offset", "0");
    assertThat(plan(epochs)).doesNotContain("tableScan");
  }

  @Test
  void noticesAndTheirReasonsAreFoundByAnIndex() {
    String due =
        NoticeTable.DUE
            .replace(":now", "CURRENT_TIMESTAMP")
            .replace(":except", "ARRAY['a', 'b']")
            .replace(":limit", "9");
    assertThat(plan(due)).contains("DELIVERIES_DUE").contains("index sorted");
    assertThat(plan(NoticeTable.FAILURES.replace(":after", "7"))).doesNotContain("tableScan");
  }

  @Test
  void whatRetentionLooksAtIsFoundByAnIndex() {
    String ended =
        RetentionTable.ENDED.replace("<kinds>", "'checkpoint'").replace("<states>", "'SUCCEEDED'");
    assertThat(plan(ended)).doesNotContain("tableScan");
    String removed = RetentionTable.REMOVED.replace(":job", "7").replace(":kind", "'checkpoint'");
    assertThat(plan(removed)).contains("REMOVALS_BY_JOB");
  }
}
