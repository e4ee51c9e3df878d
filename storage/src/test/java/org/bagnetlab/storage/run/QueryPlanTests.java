package org.bagnetlab.storage.run;

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
  void resultsAreFoundByKindAndState() {
    String trainings = RunTable.SUCCEEDED_TRAININGS.replace(":dataset", "'scene15'");
    for (String sql : new String[] {trainings, RunTable.ALL_SUCCEEDED}) {
      assertThat(plan(sql))
          .contains("JOBS_BY_KIND")
          .contains("ARTIFACTS_SPLITS")
          .doesNotContain("tableScan");
    }
    assertThat(plan(RunTable.SUCCEEDED_AMONG.replace(":jobs", "ARRAY[3, 5]")))
        .contains("ID IN(3, 5)")
        .doesNotContain("tableScan");
  }

  @Test
  void listedRunsAreFoundByKindAndState() {
    assertThat(plan(RunTable.LISTED_NUMBERS)).contains("JOBS_BY_KIND").doesNotContain("tableScan");
    assertThat(plan(RunTable.LISTED.replace("<jobs>", "1, 2, 3"))).doesNotContain("tableScan");
  }

  @Test
  void epochsAreFoundByTheirJob() {
    String epochs =
        RunTable.EPOCHS_OF_ALL
            .replace(":dataset", "'scene15'")
            .replace(":limit", "9")
            .replace(":offset", "0");
    assertThat(plan(epochs)).doesNotContain("tableScan");
  }
}
