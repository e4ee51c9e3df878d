package org.bagnetlab.storage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.bagnetlab.storage.QueryPlan;
import org.bagnetlab.storage.Samples;
import org.bagnetlab.storage.database.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTableTests {

  @TempDir Path directory;

  private static AuditRow row(String target) {
    return new AuditRow(0, Samples.NOON, "ann", "operator", "::1", "submitJob", target, 201);
  }

  @Test
  void theOldestRowsGo() {
    try (Database database = Database.open(directory.resolve("test"))) {
      for (String target : new String[] {"a", "b", "c", "d"}) {
        assertThat(database.write(tables -> tables.audit().insert(row(target), 3)).join())
            .isPositive();
      }
      assertThat(database.read(tables -> tables.audit().before(Long.MAX_VALUE, 9)).join())
          .extracting(AuditRow::target)
          .containsExactly("d", "c", "b");
      assertThat(database.read(tables -> tables.audit().before(4, 1)).join())
          .containsExactly(
              new AuditRow(3, Samples.NOON, "ann", "operator", "::1", "submitJob", "c", 201));
    }
  }

  @Test
  void pagesAndRemovalsUseTheNumber() {
    assertThat(
            QueryPlan.of(AuditTable.PAGE.replace(":before", "7").replace(":limit", "9"), directory))
        .doesNotContain("tableScan");
    assertThat(QueryPlan.of("SELECT id FROM audit WHERE id <= 7 - 3", directory))
        .doesNotContain("tableScan");
  }
}
