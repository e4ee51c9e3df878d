package org.bagnetlab.server.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.directory.JobDirectories;

/** A complete backup, to be restored into a new data directory. */
public final class Restoration implements AutoCloseable {

  /** Where files are until all are checked. A restoration that was killed leaves it. */
  private static final String ASIDE = ".restoring";

  private static final String DATABASE = "database";

  private final ZipFile zip;
  private final Manifest manifest;

  private Restoration(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens a backup.
   *
   * @throws InvalidBackup if it is none, or was interrupted
   */
  public static Restoration open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new InvalidBackup("it is incomplete, or no zip file");
    }
    try {
      return new Restoration(zip, Manifest.of(zip));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** What is in it. */
  public Manifest manifest() {
    return manifest;
  }

  /** Whether a directory can be restored into: it is missing or empty. */
  public static boolean isFree(Path directory) throws IOException {
    return !Files.exists(directory)
        || (Files.isDirectory(directory)
            && JobDirectories.entries(directory).stream().allMatch(entry -> entry.endsWith(ASIDE)));
  }

  /**
   * Writes all files, checks each, and then puts them in place. Blocks.
   *
   * @param directory a free one
   * @param written told the number of bytes of each block
   * @throws InvalidBackup if a file is damaged; nothing is in place then
   */
  public void into(Path directory, LongConsumer written) throws IOException {
    Path aside = directory.resolve(ASIDE);
    FileTree.delete(aside);
    Files.createDirectories(aside);
    try {
      for (Manifest.File file : manifest.files()) {
        write(aside, file, written);
      }
      put(aside, directory);
    } finally {
      FileTree.delete(aside);
    }
  }

  private void write(Path aside, Manifest.File file, LongConsumer written) throws IOException {
    Path target = aside.resolve(file.path()).normalize();
    if (!target.startsWith(aside) || target.equals(aside)) {
      throw new InvalidBackup("%s is outside a data directory".formatted(file.path()));
    }
    ZipEntry entry = zip.getEntry(file.path());
    if (entry == null) {
      throw new InvalidBackup("%s is missing in it".formatted(file.path()));
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Manifest.File found;
    try (InputStream stream = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      found = Checksum.copy(stream, out, Long.MAX_VALUE, written).file(file.path());
    } catch (ZipException | EOFException e) {
      throw new InvalidBackup("%s is damaged in it".formatted(file.path()));
    }
    if (!found.equals(file)) {
      throw new InvalidBackup("%s is damaged in it".formatted(file.path()));
    }
    FileTree.sync(target);
  }

  /** The database last: without it, a server refuses to start on the files of its jobs. */
  private static void put(Path aside, Path directory) throws IOException {
    List<Path> entries =
        JobDirectories.entries(aside).stream()
            .sorted(Comparator.comparing(entry -> entry.endsWith(DATABASE)))
            .toList();
    for (Path entry : entries) {
      Files.move(
          entry,
          directory.resolve(Objects.requireNonNull(entry.getFileName())),
          StandardCopyOption.ATOMIC_MOVE);
    }
    FileTree.sync(directory);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
