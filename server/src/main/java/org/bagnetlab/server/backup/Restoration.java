package org.bagnetlab.server.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bagnetlab.storage.directory.DataDirectory;
import org.bagnetlab.storage.directory.DataDirectoryInUse;
import org.bagnetlab.storage.directory.DirectoryLock;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.storage.directory.JobDirectories;
import org.bagnetlab.storage.directory.LabIdentity;

/** A complete backup, to be restored into a new data directory. */
public final class Restoration implements AutoCloseable {

  private final ZipFile zip;
  private final BackupManifest manifest;

  private Restoration(ZipFile zip, BackupManifest manifest) {
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
      return new Restoration(zip, BackupManifest.of(zip));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** What is in it. */
  public BackupManifest manifest() {
    return manifest;
  }

  /**
   * Whether a directory can be restored into: it is missing or empty, or has only what a
   * restoration left that was ended in between.
   */
  private static boolean isFree(Path directory) throws IOException {
    return !Files.exists(directory)
        || Files.isDirectory(directory.resolve(LabIdentity.RESTORING))
        || (Files.isDirectory(directory)
            && JobDirectories.entries(directory).stream().allMatch(Restoration::isLock));
  }

  private static boolean isLock(Path entry) {
    return entry.endsWith(DirectoryLock.FILE);
  }

  private static void requireFree(Path directory) throws IOException {
    if (!isFree(directory)) {
      throw new DirectoryNotEmptyException(directory.toString());
    }
  }

  /**
   * Writes all files, checks each, and then puts them in place. Until all are there, no server
   * starts in the directory. Blocks.
   *
   * @param directory one that is missing or empty, or has only what a restoration left that was
   *     ended in between
   * @param written told the number of bytes of each block
   * @throws InvalidBackup if a file is damaged; nothing is in place then
   * @throws DirectoryNotEmptyException if the directory has anything else
   * @throws DataDirectoryInUse if another restoration is writing to it
   */
  public void into(Path directory, LongConsumer written) throws IOException {
    requireFree(directory);
    Files.createDirectories(directory);
    DataDirectory.keepToOwner(directory, DataDirectory.OWNER_ONLY);
    DirectoryLock alone = DirectoryLock.of(directory);
    try (alone) {
      // Another one may have been there until now.
      requireFree(directory);
      writeInto(directory, written);
    }
  }

  private void writeInto(Path directory, LongConsumer written) throws IOException {
    Path aside = directory.resolve(LabIdentity.RESTORING);
    Files.createDirectories(aside);
    FileTree.sync(directory);
    clear(directory, aside);
    try {
      for (BackupManifest.File file : manifest.files()) {
        write(aside, file, written);
      }
    } catch (InvalidBackup e) {
      FileTree.delete(aside);
      throw e;
    }
    put(aside, directory);
    FileTree.delete(aside);
    FileTree.sync(directory);
  }

  /** Removes what an earlier restoration left. */
  private static void clear(Path directory, Path aside) throws IOException {
    for (Path entry : JobDirectories.entries(directory)) {
      if (!entry.equals(aside) && !isLock(entry)) {
        FileTree.delete(entry);
      }
    }
    FileTree.clear(aside, Set.of());
  }

  private void write(Path aside, BackupManifest.File file, LongConsumer written)
      throws IOException {
    Path target = aside.resolve(file.path()).normalize();
    if (!target.startsWith(aside) || target.equals(aside)) {
      throw new InvalidBackup("%s is outside a data directory".formatted(file.path()));
    }
    ZipEntry entry = zip.getEntry(file.path());
    if (entry == null) {
      throw new InvalidBackup("%s is missing in it".formatted(file.path()));
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    BackupManifest.File found;
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

  private static void put(Path aside, Path directory) throws IOException {
    try (Stream<Path> folders = Files.walk(aside)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        FileTree.sync(folder);
      }
    }
    for (Path entry : JobDirectories.entries(aside)) {
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
