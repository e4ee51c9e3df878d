package org.bagnetlab.storage.job;

import java.util.List;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** SQL statements for the processes that run jobs. */
public final class WorkerTable extends DatabaseTable {

  /** Opens the table within a transaction. */
  public WorkerTable(Handle handle) {
    super(handle);
  }

  /** Stores a job's process, replacing an earlier one. */
  public void put(WorkerRow worker) {
    store(
        """
        MERGE INTO worker_processes (job, pid, started, boot) KEY (job)
        VALUES (:job, :pid, :started, :boot)
        """,
        worker);
  }

  /** All processes whose end is not stored. */
  public List<WorkerRow> all() {
    return handle
        .createQuery("SELECT job, pid, started, boot FROM worker_processes ORDER BY job")
        .map(ConstructorMapper.of(WorkerRow.class))
        .list();
  }

  /** Removes a job's process, which ended. */
  public void remove(long job) {
    handle.execute("DELETE FROM worker_processes WHERE job = ?", job);
  }
}
