package org.bagnetlab.storage.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bagnetlab.storage.QueryPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries that run often use an index. */
class QueryPlanTests {

  @TempDir Path directory;

  private String plan(String sql) {
    return QueryPlan.of(sql, directory);
  }

  @Test
  void theNextJobIsTheFirstOfAnIndex() {
    for (String lane : new String[] {"FALSE", "TRUE"}) {
      String sql = JobTable.NEXT_RUNNABLE.replace(":interactive", lane).replace(":limit", "1");
      assertThat(plan(sql)).contains("JOBS_RUNNABLE").contains("index sorted");
    }
  }

  @Test
  void whatWaitsIsListedInTheOrderOfAnIndex() {
    String sql = JobTable.QUEUED.replace(":limit", "25").replace(":offset", "0");
    assertThat(plan(sql.replace(":kind", "NULL"))).contains("JOBS_QUEUED").contains("index sorted");
    String count = JobTable.COUNT.replace(":kind", "'train'").replace(":state", "NULL");
    assertThat(plan(count)).contains("JOBS_BY_KIND");
  }

  @Test
  void endedJobsAreListedInTheOrderOfAnIndex() {
    String sql = JobTable.ENDED.replace(":limit", "25").replace(":offset", "0");
    assertThat(plan(sql.replace(":kind", "NULL").replace(":state", "NULL")))
        .contains("JOBS_BY_END")
        .contains("index sorted");
    assertThat(plan(JobTable.WAITING)).contains("STATE IN(").doesNotContain("JOBS.tableScan");
  }

  @Test
  void jobsAreFoundByTheirNumbers() {
    assertThat(plan(JobTable.OF_NUMBERS.replace(":ids", "ARRAY[3, 5, 8]")))
        .contains("PRIMARY_KEY")
        .doesNotContain("tableScan");
  }

  @Test
  void whatWaitsForAJobAndWhatIsTheSameAreFoundByAnIndex() {
    String changes = JobTable.TRANSITIONS.replace(":jobs", "ARRAY[3, 5, 8]").replace(":to", "''");
    assertThat(plan(changes.replace(":causes", "ARRAY['']")))
        .contains("JOB = ASKED.NUMBER")
        .doesNotContain("tableScan");
    assertThat(plan(JobTable.WAITING_FOR.replace(":job", "7"))).contains("JOBS_WAITING");
    assertThat(plan(JobTable.SAME_SPEC.replace(":spec", "'{}'"))).contains("JOBS_BY_SPEC");
  }

  @Test
  void jobsAreFoundByTheirState() {
    String sql = JobTable.NEXT_IN_STATE.replace(":state", "'QUEUED'");
    assertThat(plan(sql.replace(":limit", "1"))).contains("JOBS_BY_STATE").contains("index sorted");
  }

  @Test
  void jobsThatStartFromWeightsAreFoundByTheirName() {
    String sql = JobTable.NEEDING.replace(":weights", "'imagenet'");
    assertThat(plan(sql.replace("<states>", "'QUEUED'"))).contains("JOBS_BY_WEIGHTS");
  }

  @Test
  void jobsOfASweepAreFoundByItsName() {
    assertThat(plan(JobTable.OF_SWEEP.replace(":sweep", "'demo'"))).doesNotContain("tableScan");
  }
}
