package org.bagnetlab.storage.sweep;

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
  void aSweepIsFoundByItsName() {
    String open = SweepTable.OPEN.replace(":sweep", "'demo'").replace("<states>", "'QUEUED'");
    assertThat(plan(open)).contains("JOBS_BY_SWEEP");
  }
}
