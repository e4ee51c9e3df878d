package org.bagnetlab.storage.annotation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** SQL statements for tags and notes. */
public final class AnnotationTable extends DatabaseTable {

  private static final String SEPARATOR = " ";

  private final SucceededJobs succeeded;

  /** Opens the table within a transaction, and records changes to jobs that succeeded. */
  public AnnotationTable(Handle handle, SucceededJobs succeeded) {
    super(handle);
    this.succeeded = succeeded;
  }

  /** The annotations of all jobs, in no particular order. */
  public List<AnnotationRow> all() {
    return handle
        .createQuery("SELECT job, tags, note FROM annotations")
        .map(AnnotationTable::row)
        .list();
  }

  /** The annotations of a job, if it has any. */
  public Optional<AnnotationRow> find(long job) {
    return handle
        .select("SELECT job, tags, note FROM annotations WHERE job = ?", job)
        .map(AnnotationTable::row)
        .findOne();
  }

  /** Stores the annotations of a job. */
  public void put(AnnotationRow annotation) {
    succeeded.touch(annotation.job());
    if (annotation.tags().isEmpty() && annotation.note().isEmpty()) {
      handle.execute("DELETE FROM annotations WHERE job = ?", annotation.job());
      return;
    }
    handle.execute(
        "MERGE INTO annotations (job, tags, note) KEY (job) VALUES (?, ?, ?)",
        annotation.job(),
        String.join(SEPARATOR, annotation.tags()),
        annotation.note().orElse(""));
  }

  private static AnnotationRow row(ResultSet row, StatementContext context) throws SQLException {
    String tags = row.getString("tags");
    return new AnnotationRow(
            row.getLong("job"),
            tags.isEmpty() ? List.of() : List.of(tags.split(SEPARATOR)),
            Optional.empty())
        .withNote(row.getString("note"));
  }
}
