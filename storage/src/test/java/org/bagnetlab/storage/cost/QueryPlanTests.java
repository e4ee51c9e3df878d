package org.bagnetlab.storage.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bagnetlab.storage.QueryPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries that run often use an index. */
class QueryPlanTests {

  @TempDir Path directory;

  @Test
  void costsAreFoundByAnIndex() {
    assertThat(QueryPlan.of(CostTable.OF_JOBS.replace("<jobs>", "7, 8"), directory))
        .doesNotContain("tableScan");
    assertThat(QueryPlan.of(CostTable.OF_SWEEP.replace(":sweep", "'s'"), directory))
        .doesNotContain("tableScan");
    assertThat(QueryPlan.of(CostTable.OF_LIKE_JOBS.replace(":settings", "'{}'"), directory))
        .contains("JOBS_BY_MEMORY")
        .doesNotContain("tableScan");
    String ofKind = CostTable.TIMES_OF_KIND.replace(":kind", "'train'").replace(":limit", "50");
    assertThat(QueryPlan.of(ofKind, directory))
        .contains("JOBS_BY_KIND")
        .doesNotContain("tableScan");
  }
}
