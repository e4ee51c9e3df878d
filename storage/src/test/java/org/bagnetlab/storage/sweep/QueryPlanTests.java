package org.bagnetlab.storage.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
  void aSweepIsFoundByItsName() {
    String open = SweepTable.OPEN.replace(":sweep", "'demo'").replace("<states>", "'QUEUED'");
    assertThat(plan(open)).contains("JOBS_BY_SWEEP");
  }

  @Test
  void theTrainingsOfASweepAreFoundByItsName() {
    assertThat(plan(SweepTable.TRAININGS.replace(":sweep", "'demo'"))).doesNotContain("tableScan");
  }

  @Test
  void theTimeThatASweepUsedIsFoundByItsName() {
    assertThat(plan(SweepTable.DEVICE_SECONDS.replace(":sweep", "'demo'")))
        .contains("JOBS_BY_SWEEP")
        .doesNotContain("tableScan");
  }

  @Test
  void theTrialsOfAPointAreFoundByIt() {
    for (String sql : List.of(TrialTable.ENDED, TrialTable.AVERAGES)) {
      String plan =
          plan(sql.replace(":sweep", "'demo'").replace(":point", "3").replace(":epoch", "2"));
      assertThat(plan).contains("TRIALS_OF_POINT").doesNotContain("tableScan");
    }
  }

  /** The table of trials is read as a whole, that of all jobs is not. */
  @Test
  void jobsThatAreOnlyTrialsAreFoundFromTheTrials() {
    assertThat(plan(TrialTable.ONLY_TRIALS)).doesNotContain("JOBS.tableScan");
  }
}
