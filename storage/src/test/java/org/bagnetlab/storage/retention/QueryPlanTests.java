package org.bagnetlab.storage.retention;

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
  void whatRetentionLooksAtIsFoundByAnIndex() {
    String ended =
        RetentionTable.ENDED.replace("<kinds>", "'checkpoint'").replace("<states>", "'SUCCEEDED'");
    assertThat(plan(ended)).doesNotContain("tableScan");
    String removed = RetentionTable.REMOVED.replace(":job", "7").replace(":kind", "'checkpoint'");
    assertThat(plan(removed)).contains("REMOVALS_BY_JOB");
  }
}
