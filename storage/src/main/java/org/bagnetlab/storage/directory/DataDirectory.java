package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.bagnetlab.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the data directory of a server, so that no second server writes to it.
 *
 * <pre>
 * server.lock          locked while a server or a restoration runs; its process ID
 * identity             identifies the data directory
 * high-water-mark      progress of the database
 * database/            database files
 * artifacts/JOB/       files accepted from workers
 * datasets/NAME/       imported data sets
 * weights/NAME/        imported weights
 * uploads/             incomplete uploads; emptied at the start
 * received/            uploaded files that are not imported yet
 * runs/JOB/            a job's log
 * runs/JOB/worker-N/   directory of its Nth worker, while running
 * quarantine/TIME/     files unknown to the database at a start
 * </pre>
 *
 * <p>The directory is not world-readable, since it contains unpublished results and secrets.
 */
public final class DataDirectory implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(DataDirectory.class);

  /** Name of the log in a job's directory. */
  public static final String LOG = "log.txt";

  /** Names of the subdirectories whose files are listed in the database. */
  public static final String ARTIFACTS = "artifacts";

  public static final String RUNS = "runs";

  /** Name of the subdirectory with files unknown to the database. */
  public static final String QUARANTINE = "quarantine";

  public static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> EVERYBODY =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  public static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  /** The size of a typical change in the database. */
  private static final int PROBE_BYTES = 1 << 16;

  private static final List<String> PARTS =
      List.of("database", ARTIFACTS, "datasets", "weights", "uploads", "received", RUNS);

  private final Path root;
  private final LabIdentity identity;
  private final DirectoryLock lock;

  private DataDirectory(Path root, LabIdentity identity, DirectoryLock lock) {
    this.root = root;
    this.identity = identity;
    this.lock = lock;
  }

  /**
   * Creates what is missing and locks the directory.
   *
   * @throws DataDirectoryInUse if another server owns it, or it is being restored
   * @throws IncompleteRestoration if it was not restored completely
   */
  public static DataDirectory open(Path directory) throws IOException {
    LabIdentity identity = LabIdentity.of(directory);
    Path root = identity.path();
    DirectoryLock lock = DirectoryLock.of(root);
    try {
      // A restoration may have started and ended since the last check.
      LabIdentity.requireRestored(root);
      DataDirectory opened = new DataDirectory(root, identity, lock);
      for (String part : PARTS) {
        createDirectory(root.resolve(part));
      }
      keepToOwner(root, OWNER_ONLY);
      FileTree.clear(opened.uploads(), Set.of());
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Removes the permissions of other users on a file. Access limited to its group is kept, since
   * that was set deliberately.
   */
  public static void keepToOwner(Path path, Set<PosixFilePermission> permissions) {
    try {
      if (Files.getPosixFilePermissions(path).stream().anyMatch(EVERYBODY::contains)) {
        Files.setPosixFilePermissions(path, permissions);
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOGGER.warn("Other users may be able to read {}: cannot set its permissions ({})", path, e);
    }
  }

  /** The directory itself. */
  public Path root() {
    return root;
  }

  private static void createDirectory(Path directory) throws IOException {
    // A broken link also counts as existing: its target may not be mounted.
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
      throw new StorageException(
          "%s is no directory. Move it away, put the right directory in its place, and start again."
              .formatted(directory));
    }
    Files.createDirectories(directory);
  }

  /** Identifies the data directory. */
  public LabIdentity identity() {
    return identity;
  }

  /** The database's file, without the suffix that H2 adds. */
  public Path database() {
    return root.resolve("database").resolve("bagnetlab");
  }

  /** The parent of the jobs' artifact directories. */
  public Path artifacts() {
    return root.resolve(ARTIFACTS);
  }

  /** The parent of the imported data sets. */
  public Path datasets() {
    return root.resolve("datasets");
  }

  /** The parent of the imported weights. */
  public Path weights() {
    return root.resolve("weights");
  }

  /** The directory of files that are being received. */
  public Path uploads() {
    return root.resolve("uploads");
  }

  /** The directory of uploaded files that wait for their import, even across restarts. */
  public Path received() {
    return root.resolve("received");
  }

  /**
   * Checks whether writing is possible, by writing a small file. Blocks.
   *
   * @throws IOException if it is not, as on a full disk
   */
  public void requireWritable() throws IOException {
    Path probe = Files.createTempFile(uploads(), "probe-", "");
    try {
      Files.write(probe, new byte[PROBE_BYTES]);
    } finally {
      Files.delete(probe);
    }
  }

  /** The parent of the jobs' directories. */
  public Path runs() {
    return root.resolve(RUNS);
  }

  /** The directory of a job's log and of its workers' directories. It may not exist. */
  public Path run(long job) {
    return runs().resolve(Long.toString(job));
  }

  /**
   * The directory that a job's worker writes to. Each worker has its own: otherwise an earlier
   * worker that could not be ended would write to the files of a later one.
   *
   * @param start its number among the job's workers
   */
  public Path worker(long job, long start) {
    return run(job).resolve("worker-" + start);
  }

  /** The log of a job's workers, kept after their end. It may not exist. */
  public Path log(long job) {
    return run(job).resolve(LOG);
  }

  /** Unlocks the directory for other servers. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
