package org.bagnetlab.storage.artifact;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.storage.revision.SucceededJobs;
import org.bagnetlab.storage.table.DatabaseTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * SQL statements for stored files. Only {@code ArtifactStore} adds rows, after it has stored the
 * file.
 */
public final class ArtifactTable extends DatabaseTable {

  private static final String COLUMNS =
      "id, job, output, kind, name, file, media_type, sha256, size, facts, created_at";

  static final String OF_JOB =
      "SELECT " + COLUMNS + " FROM artifacts WHERE job = :job ORDER BY job, id";

  private static final RowMapper<ArtifactRow> ARTIFACT = ConstructorMapper.of(ArtifactRow.class);

  private final SucceededJobs succeeded;

  /** Opens the table within a transaction, and records changes to jobs that succeeded. */
  public ArtifactTable(Handle handle, SucceededJobs succeeded) {
    super(handle);
    this.succeeded = succeeded;
  }

  /** Stores a row, ignoring its {@code id}, and returns it with the assigned ID. */
  public ArtifactRow insert(ArtifactRow artifact) {
    succeeded.touch(artifact.job());
    new DeletionTable(handle).removeArtifact(artifact.file());
    long id =
        storeNew(
            """
            INSERT INTO artifacts (job, output, kind, name, file, media_type, sha256, size, facts,
                                   created_at)
            VALUES (:job, :output, :kind, :name, :file, :mediaType, :sha256, :size, :facts, :createdAt)
            """,
            artifact);
    return find(id).orElseThrow();
  }

  /** The artifact with this ID. */
  public Optional<ArtifactRow> find(long id) {
    return query("SELECT " + COLUMNS + " FROM artifacts WHERE id = :id", Map.of("id", id))
        .map(ARTIFACT)
        .findOne();
  }

  /** A job's artifacts, oldest first. */
  public List<ArtifactRow> ofJob(long job) {
    return query(OF_JOB, Map.of("job", job)).map(ARTIFACT).list();
  }

  /** The artifacts of several jobs, oldest first. */
  public List<ArtifactRow> ofJobs(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    return query(
            "SELECT " + COLUMNS + " FROM artifacts WHERE job IN (<jobs>) ORDER BY id",
            Map.of("jobs", jobs))
        .map(ARTIFACT)
        .list();
  }

  /** The total size in bytes of the files of each kind, largest first. */
  public Map<String, Long> sizes() {
    return handle
        .createQuery(
            "SELECT kind, SUM(size) AS bytes FROM artifacts GROUP BY kind ORDER BY 2 DESC, 1")
        .setMapKeyColumn("kind")
        .setMapValueColumn("bytes")
        .collectInto(new GenericType<>() {});
  }

  /** The artifacts of all jobs. */
  public List<ArtifactRow> all() {
    return handle.createQuery("SELECT " + COLUMNS + " FROM artifacts").map(ARTIFACT).list();
  }

  /** The paths of the files of all rows. */
  public Set<String> files() {
    return handle.createQuery("SELECT file FROM artifacts").mapTo(String.class).set();
  }

  /** Removes a row and returns it. */
  public Optional<ArtifactRow> remove(long job, String name) {
    Optional<ArtifactRow> row =
        ofJob(job).stream().filter(artifact -> artifact.name().equals(name)).findFirst();
    row.ifPresent(artifact -> remove(artifact.id()));
    return row;
  }

  /** Removes an artifact; its file must then be deleted. */
  public void remove(long id) {
    find(id)
        .ifPresent(
            row -> {
              succeeded.touch(row.job());
              new DeletionTable(handle).addArtifact(row.file());
            });
    handle.execute("DELETE FROM artifacts WHERE id = ?", id);
  }
}
