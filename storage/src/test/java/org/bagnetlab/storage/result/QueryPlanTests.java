package org.bagnetlab.storage.result;

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
    assertThat(
            plan(
                ResultTable.ofExperiment(ResultTable.FOUND)
                    .replace(":metric", "'accuracy'")
                    .replace(":set", "NULL")
                    .replace(":output", "NULL")
                    .replace(":experiment", "'evaluate'")
                    .replace(":dataset", "'scene15'")
                    .replace(":limit", "9")
                    .replace(":offset", "0")))
        .contains("JOBS_BY_KIND")
        .doesNotContain("tableScan");
    String ofRuns =
        ResultTable.OF_RUNS.replace(":metric", "'accuracy'").replace(":output", "'accuracy'");
    assertThat(plan(ofRuns)).contains("JOBS_BY_STATE").doesNotContain("tableScan");
    String ofSome =
        ResultTable.OF_SOME_RUNS
            .replace(":metric", "'accuracy'")
            .replace(":output", "'accuracy'")
            .replace(":runs", "ARRAY[3, 5]");
    assertThat(plan(ofSome)).contains("JOBS_BY_SUBJECT").doesNotContain("tableScan");
  }
}
