package org.bagnetlab.storage.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.directory.DataDirectory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * A copy of a database between two transactions, read completely and found intact, with a list of
 * its contents.
 *
 * @param file the copy
 * @param path of the database's file, relative to the data directory
 * @param jobs IDs of all jobs
 * @param artifacts files of all artifacts
 */
public record SavedDatabase(Path file, String path, List<Long> jobs, List<KnownFile> artifacts) {

  /**
   * A stored file.
   *
   * @param file path relative to the artifact directory
   * @param size in bytes
   * @param sha256 of its bytes, in hexadecimal
   */
  public record KnownFile(String file, long size, String sha256) {}

  /**
   * Saves a database that is in use. Blocks.
   *
   * @param folder an empty folder for the copy
   * @throws StorageException if the copy is damaged
   */
  public static SavedDatabase of(DataDirectory directory, Database database, Path folder)
      throws IOException {
    Path store = DatabaseFiles.store(directory.database());
    Path zip = folder.resolve("database.zip");
    Path copy = folder.resolve(store.getFileName());
    database.backUpTo(zip).join();
    try (ZipFile saved = new ZipFile(zip.toFile())) {
      ZipEntry entry = Objects.requireNonNull(saved.getEntry(String.valueOf(store.getFileName())));
      try (InputStream stream = saved.getInputStream(entry)) {
        Files.copy(stream, copy);
      }
    }
    Files.delete(zip);
    return read(directory, copy);
  }

  /**
   * Saves the database of a data directory that no server uses, of any schema version. Blocks.
   *
   * @param folder an empty folder for the copy
   * @throws StorageException if the database is missing or damaged
   */
  public static SavedDatabase ofUnused(DataDirectory directory, Path folder) throws IOException {
    Path store = DatabaseFiles.store(directory.database());
    if (!Files.exists(store)) {
      throw new StorageException("There is no lab in %s.".formatted(directory.root()));
    }
    Path copy = folder.resolve(store.getFileName());
    DatabaseInspection.copy(directory.database(), copy);
    return read(directory, copy);
  }

  private static SavedDatabase read(DataDirectory directory, Path copy) {
    Path name = copy.resolveSibling(directory.database().getFileName());
    DatabaseInspection.inPlace(name)
        .damage()
        .ifPresent(
            damage -> {
              throw new StorageException(
                  "The database of %s is damaged: %s.".formatted(directory.root(), damage));
            });
    String path = directory.root().relativize(DatabaseFiles.store(directory.database())).toString();
    return Jdbi.create(DatabaseInspection.url(name), "sa", "")
        .withHandle(handle -> new SavedDatabase(copy, path, jobs(handle), artifacts(handle)));
  }

  private static List<Long> jobs(Handle handle) {
    return handle.createQuery("SELECT id FROM jobs ORDER BY id").mapTo(Long.class).list();
  }

  private static List<KnownFile> artifacts(Handle handle) {
    return handle
        .createQuery("SELECT file, size, sha256 FROM artifacts ORDER BY id")
        .map(ConstructorMapper.of(KnownFile.class))
        .list();
  }
}
