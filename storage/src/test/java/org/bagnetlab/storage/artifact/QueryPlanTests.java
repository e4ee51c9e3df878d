package org.bagnetlab.storage.artifact;

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
  void artifactsAreFoundByTheirJob() {
    assertThat(plan(ArtifactTable.OF_JOB.replace(":job", "7"))).doesNotContain("tableScan");
  }
}
