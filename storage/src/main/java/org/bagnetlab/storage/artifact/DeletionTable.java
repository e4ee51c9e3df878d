package org.bagnetlab.storage.artifact;

import java.util.List;
import org.bagnetlab.storage.directory.DataDirectory;
import org.jdbi.v3.core.Handle;

/**
 * The SQL of files to be deleted, so that the next server completes the deletions of one that died.
 * An entry is made before a file is moved into place, or in the transaction that removes its row;
 * it is removed when the row exists, or when the file is deleted.
 */
public final class DeletionTable {

  private final Handle handle;

  /** The table within a transaction. */
  public DeletionTable(Handle handle) {
    this.handle = handle;
  }

  /** A stored file is to be deleted, or is not stored yet. */
  public void addArtifact(String file) {
    add(artifact(file));
  }

  /** A stored file is deleted, or its row is there. */
  public void removeArtifact(String file) {
    remove(artifact(file));
  }

  /** All files of a job are to be deleted. */
  public void addJob(long job) {
    ofJob(job).forEach(this::add);
  }

  /** All files of a job are deleted. */
  public void removeJob(long job) {
    ofJob(job).forEach(this::remove);
  }

  private static String artifact(String file) {
    return DataDirectory.ARTIFACTS + "/" + file;
  }

  private static List<String> ofJob(long job) {
    return List.of(DataDirectory.ARTIFACTS + "/" + job, DataDirectory.RUNS + "/" + job);
  }

  private void add(String path) {
    handle.execute("MERGE INTO deletions (path) KEY (path) VALUES (?)", path);
  }

  /** The file or directory of this path is deleted. */
  public void remove(String path) {
    handle.execute("DELETE FROM deletions WHERE path = ?", path);
  }

  /** No deletion is pending. */
  public void clear() {
    handle.execute("DELETE FROM deletions");
  }

  /** The paths of all pending deletions, below the data directory. */
  public List<String> all() {
    return handle
        .createQuery("SELECT path FROM deletions ORDER BY path")
        .mapTo(String.class)
        .list();
  }
}
