package org.bagnetlab.storage.audit;

import java.util.List;
import java.util.Map;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for the audit log: who changed what. Only the newest rows are kept. */
public final class AuditTable extends DatabaseTable {

  /** How many rows are kept. */
  public static final long KEPT = 100_000;

  static final String PAGE =
      """
      SELECT id, at, visitor, role, address, operation, target, status FROM audit
      WHERE id < :before ORDER BY id DESC LIMIT :limit
      """;

  static final String OLD = "DELETE FROM audit WHERE id <= :newest - :kept";

  private static final RowMapper<AuditRow> ROW = ConstructorMapper.of(AuditRow.class);

  /** Opens the table within a transaction. */
  public AuditTable(Handle handle) {
    super(handle);
  }

  /** Stores a row, ignoring its {@code id}, and returns the assigned ID. */
  public long insert(AuditRow row) {
    return insert(row, KEPT);
  }

  long insert(AuditRow row, long kept) {
    long id =
        storeNew(
            """
            INSERT INTO audit (at, visitor, role, address, operation, target, status)
            VALUES (:at, :visitor, :role, :address, :operation, :target, :status)
            """,
            row);
    update(OLD, Map.of("newest", id, "kept", kept));
    return id;
  }

  /** The newest rows with an ID below this one, newest first. */
  public List<AuditRow> before(long number, int limit) {
    return query(PAGE, Map.of("before", number, "limit", limit)).map(ROW).list();
  }
}
