package org.bagnetlab.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.DatabaseStart;
import org.bagnetlab.storage.database.Recovery;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.job.WorkerRow;

/** Writes what a server that was killed leaves in its database. */
public final class DirectState implements AutoCloseable {

  private final DataDirectory directory;
  private final Database database;

  public DirectState(Path root) throws IOException {
    directory = DataDirectory.open(root);
    database = DatabaseStart.open(directory, Recovery.REFUSE);
  }

  public void running(long id, WorkerRow worker) {
    database
        .write(
            tables -> {
              tables
                  .jobs()
                  .update(
                      id, JobRows.row(new JobState.Running(Instant.EPOCH, Optional.empty(), 0)));
              tables.workers().put(worker);
              return id;
            })
        .join();
  }

  @Override
  public void close() throws IOException {
    database.close();
    directory.close();
  }
}
