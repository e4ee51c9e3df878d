package org.bagnetlab.storage.notice;

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
  void noticesAndTheirReasonsAreFoundByAnIndex() {
    assertThat(plan(NoticeTable.NEXT.replace(":recipient", "'a'")))
        .contains("DELIVERIES_ORDER")
        .contains("index sorted");
    assertThat(plan(NoticeTable.FAILURES.replace(":after", "7"))).doesNotContain("tableScan");
  }
}
