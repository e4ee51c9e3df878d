package org.bagnetlab.storage.artifact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The SQL of stored files. Rows are added by {@code ArtifactStore} alone, after the file. */
public final class ArtifactTable {

  private static final String COLUMNS =
      "id, job, output, kind, name, file, media_type, sha256, size, facts, created_at";

  static final String OF_JOB =
      "SELECT " + COLUMNS + " FROM artifacts WHERE job = :job ORDER BY job, id";

  private final Handle handle;

  /** The table within a transaction. */
  public ArtifactTable(Handle handle) {
    this.handle = handle;
  }

  /** Stores a row, whatever its {@code id}, and gives it with its number. */
  public ArtifactRow insert(ArtifactRow artifact) {
    new DeletionTable(handle).removeArtifact(artifact.file());
    long id =
        handle
            .createUpdate(
                """
                INSERT INTO artifacts (job, output, kind, name, file, media_type, sha256, size, facts,
                                       created_at)
                VALUES (:job, :output, :kind, :name, :file, :mediaType, :sha256, :size, :facts, :createdAt)
                """)
            .bindMethods(artifact)
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    return find(id).orElseThrow();
  }

  /** The artifact of this number. */
  public Optional<ArtifactRow> find(long id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM artifacts WHERE id = :id")
        .bind("id", id)
        .map(ArtifactTable::artifact)
        .findOne();
  }

  /** A job's artifacts, oldest first. */
  public List<ArtifactRow> ofJob(long job) {
    return handle.createQuery(OF_JOB).bind("job", job).map(ArtifactTable::artifact).list();
  }

  /** The artifacts of several jobs, oldest first. */
  public List<ArtifactRow> ofJobs(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM artifacts WHERE job IN (<jobs>) ORDER BY id")
        .bindList("jobs", List.copyOf(jobs))
        .map(ArtifactTable::artifact)
        .list();
  }

  /** The bytes of all files of each kind, the most first. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT kind, SUM(size) AS bytes FROM artifacts GROUP BY kind ORDER BY 2 DESC, 1")
        .map((row, context) -> Map.entry(row.getString("kind"), row.getLong("bytes")))
        .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
    return sizes;
  }

  /** The artifacts of all jobs. */
  public List<ArtifactRow> all() {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM artifacts")
        .map(ArtifactTable::artifact)
        .list();
  }

  /** Where the files of all rows lie. */
  public Set<String> files() {
    return handle.createQuery("SELECT file FROM artifacts").mapTo(String.class).set();
  }

  /** Removes a row and gives it. */
  public Optional<ArtifactRow> remove(long job, String name) {
    Optional<ArtifactRow> row =
        ofJob(job).stream().filter(artifact -> artifact.name().equals(name)).findFirst();
    row.ifPresent(artifact -> remove(artifact.id()));
    return row;
  }

  /** Forgets an artifact, whose file is then to be deleted. */
  public void remove(long id) {
    find(id).ifPresent(row -> new DeletionTable(handle).addArtifact(row.file()));
    handle.createUpdate("DELETE FROM artifacts WHERE id = :id").bind("id", id).execute();
  }

  public static ArtifactRow artifact(ResultSet row, StatementContext context) throws SQLException {
    return new ArtifactRow(
        row.getLong("id"),
        row.getLong("job"),
        Optional.ofNullable(row.getString("output")),
        row.getString("kind"),
        row.getString("name"),
        row.getString("file"),
        row.getString("media_type"),
        row.getString("sha256"),
        row.getLong("size"),
        row.getString("facts"),
        row.getObject("created_at", Instant.class));
  }
}
