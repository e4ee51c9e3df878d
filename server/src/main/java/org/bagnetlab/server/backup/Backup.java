package org.bagnetlab.server.backup;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.server.configuration.LabConfiguration;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.database.SavedDatabase;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.directory.JobDirectories;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.file.FilesKept;

/**
 * A snapshot of a lab, to be written to one zip file. Files that the saved database refers to are
 * not deleted until the backup is closed.
 */
public final class Backup implements Closeable {

  private final DataDirectory directory;
  private final Path folder;
  private final Closeable kept;
  private final SavedDatabase database;
  private final Instant savedAt;

  /** Sizes of the individual files to save, by path relative to the data directory. */
  private final Map<String, Long> sizes = new LinkedHashMap<>();

  /** Data sets and weights, each saved completely or not at all. */
  private final List<SavedFolder> folders = new ArrayList<>();

  private final List<String> notices = new ArrayList<>();

  private Backup(
      DataDirectory directory, Path folder, Closeable kept, SavedDatabase database, Instant savedAt)
      throws IOException {
    this.directory = directory;
    this.folder = folder;
    this.kept = kept;
    this.database = database;
    this.savedAt = savedAt;
    for (SavedDatabase.KnownFile artifact : database.artifacts()) {
      find(DataDirectory.ARTIFACTS + "/" + artifact.file());
    }
    for (long job : database.jobs()) {
      Path log = directory.log(job);
      if (Files.exists(log)) {
        find(relative(log));
      }
    }
    findAll(directory.datasets());
    findAll(directory.weights());
  }

  /**
   * Saves the database of a running server and finds the files that belong to it. Blocks.
   *
   * @throws FilesKept if another backup is being made
   */
  public static Backup of(
      DataDirectory directory, Database database, ArtifactStore artifacts, Instant at)
      throws IOException {
    // Called before the database is saved, so that files whose rows are removed afterwards still
    // exist.
    Closeable kept = artifacts.keepFiles();
    try {
      return of(directory, kept, folder -> SavedDatabase.of(directory, database, folder), at);
    } catch (Throwable e) {
      kept.close();
      throw e;
    }
  }

  /** Creates a backup of a data directory that no running server uses. Blocks. */
  public static Backup ofUnused(DataDirectory directory, Instant at) throws IOException {
    return of(directory, () -> {}, folder -> SavedDatabase.ofUnused(directory, folder), at);
  }

  private interface Saving {
    SavedDatabase into(Path folder) throws IOException;
  }

  private static Backup of(DataDirectory directory, Closeable kept, Saving saving, Instant at)
      throws IOException {
    Path folder = Files.createTempDirectory(directory.uploads(), "backup-");
    try {
      return new Backup(directory, folder, kept, saving.into(folder), at);
    } catch (IOException | RuntimeException e) {
      FileTree.delete(folder);
      throw e;
    }
  }

  private String relative(Path file) {
    return directory.root().relativize(file).toString();
  }

  private void find(String path) throws IOException {
    try {
      sizes.put(path, Files.size(directory.root().resolve(path)));
    } catch (NoSuchFileException e) {
      notices.add("%s is missing in the lab.".formatted(path));
    }
  }

  /**
   * Finds complete folders. The names of folders that are being filled or deleted begin with a dot.
   */
  private void findAll(Path parent) throws IOException {
    for (Path each : JobDirectories.entries(parent).stream().sorted().toList()) {
      if (!String.valueOf(each.getFileName()).startsWith(".")) {
        SavedFolder.of(each).ifPresentOrElse(folders::add, () -> leaveOut(each));
      }
    }
  }

  private void leaveOut(Path folder) {
    notices.add("%s was removed or changed meanwhile: it is left out.".formatted(relative(folder)));
  }

  /** The size of the files to be written, in bytes. */
  public long bytes() throws IOException {
    return Files.size(database.file())
        + sizes.values().stream().mapToLong(Long::longValue).sum()
        + folders.stream().mapToLong(SavedFolder::bytes).sum();
  }

  /**
   * Writes the zip file without compression: most of it is weights and images, and the length of
   * the file shows the progress. Blocks.
   *
   * @param written receives the number of bytes of each block
   */
  public BackupManifest write(OutputStream to, LongConsumer written) throws IOException {
    List<BackupManifest.File> files = new ArrayList<>();
    ZipOutputStream zip = new ZipOutputStream(to);
    zip.setLevel(Deflater.NO_COMPRESSION);
    try (InputStream saved = Files.newInputStream(database.file())) {
      files.add(add(zip, database.path(), saved, Long.MAX_VALUE, written));
    }
    files.add(add(zip, "identity", directory.identity().id() + "\n"));
    Path configuration = directory.root().resolve(LabConfiguration.FILE);
    if (Files.exists(configuration)) {
      files.add(add(zip, LabConfiguration.FILE, LabConfiguration.withoutSecrets(configuration)));
    }
    for (Map.Entry<String, Long> file : sizes.entrySet()) {
      try (InputStream stream = Files.newInputStream(directory.root().resolve(file.getKey()))) {
        // Copies only the size recorded earlier: a log may have grown in the meantime.
        files.add(add(zip, file.getKey(), stream, file.getValue(), written));
      } catch (NoSuchFileException e) {
        notices.add("%s was removed meanwhile.".formatted(file.getKey()));
      }
    }
    for (SavedFolder each : folders) {
      Optional<List<BackupManifest.File>> whole = add(zip, each, written);
      whole.ifPresentOrElse(files::addAll, () -> leaveOut(each.path()));
    }
    compare(files);
    BackupManifest manifest =
        new BackupManifest(
            BackupManifest.FORMAT,
            directory.identity().id(),
            savedAt.toString(),
            database.jobs().size(),
            files,
            List.copyOf(notices));
    zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
    manifest.write(zip);
    zip.closeEntry();
    zip.finish();
    return manifest;
  }

  private static BackupManifest.File add(ZipOutputStream zip, String path, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(zip, path, new ByteArrayInputStream(bytes), bytes.length, block -> {});
  }

  private static BackupManifest.File add(
      ZipOutputStream zip, String path, InputStream stream, long size, LongConsumer written)
      throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    BackupManifest.File file = Checksum.copy(path, stream, zip, size, written);
    zip.closeEntry();
    return file;
  }

  /**
   * Adds the files of a folder. Empty if the folder was removed or changed in the meantime, so that
   * its entries must not be used.
   */
  private Optional<List<BackupManifest.File>> add(
      ZipOutputStream zip, SavedFolder folder, LongConsumer written) throws IOException {
    List<BackupManifest.File> files = new ArrayList<>();
    for (Map.Entry<Path, Long> file : folder.sizes().entrySet()) {
      try (InputStream stream = Files.newInputStream(file.getKey())) {
        // Tries to read one more byte, to detect that the file has grown.
        BackupManifest.File saved =
            add(zip, relative(file.getKey()), stream, file.getValue() + 1, written);
        if (saved.size() != file.getValue()) {
          return Optional.empty();
        }
        files.add(saved);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
    return folder.isThere() ? Optional.of(files) : Optional.empty();
  }

  /** Adds a notice for each damaged file. Damaged files are saved as they are. */
  private void compare(List<BackupManifest.File> files) {
    Map<String, BackupManifest.File> saved = new LinkedHashMap<>();
    files.forEach(file -> saved.put(file.path(), file));
    for (SavedDatabase.KnownFile known : database.artifacts()) {
      BackupManifest.File file = saved.get(DataDirectory.ARTIFACTS + "/" + known.file());
      if (file != null && !(file.size() == known.size() && file.sha256().equals(known.sha256()))) {
        notices.add("%s is damaged in the lab: its checksum differs.".formatted(file.path()));
      }
    }
  }

  /** Allows files to be deleted again. */
  @Override
  public void close() throws IOException {
    try {
      kept.close();
    } finally {
      FileTree.delete(folder);
    }
  }
}
