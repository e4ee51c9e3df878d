package org.bagnetlab.storage.table;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL statements for rows of one kind, within a transaction. */
public abstract class DatabaseTable {

  protected final Handle handle;

  protected DatabaseTable(Handle handle) {
    this.handle = handle;
  }

  /**
   * A query with these values as named parameters. A collection is bound as a list, as in {@code IN
   * (<states>)}.
   */
  protected final Query query(String sql, Map<String, ?> values) {
    return bound(handle.createQuery(sql), values);
  }

  /** Changes rows, with these values as named parameters. */
  protected final void update(String sql, Map<String, ?> values) {
    bound(handle.createUpdate(sql), values).execute();
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Map<String, ?> values) {
    values.forEach(
        (name, value) -> {
          if (value instanceof Collection<?> list) {
            statement.bindList(name, List.copyOf(list));
          } else {
            statement.bind(name, value);
          }
        });
    return statement;
  }

  /** Stores a record, with its components as named parameters. */
  protected final void store(String sql, Record row) {
    handle.createUpdate(sql).bindMethods(row).execute();
  }

  /**
   * Stores a record, with its components as named parameters, and returns the ID that the database
   * assigns.
   */
  protected final long storeNew(String sql, Record row) {
    return handle
        .createUpdate(sql)
        .bindMethods(row)
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }
}
