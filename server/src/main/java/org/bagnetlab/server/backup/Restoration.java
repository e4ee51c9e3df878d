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

/** Restores a complete backup into a new data directory. */
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
   * @throws InvalidBackup if the file is not a backup, or if writing the backup was interrupted
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

  /** The contents of the backup. */
  public BackupManifest manifest() {
    return manifest;
  }

  /**
   * Checks that a directory does not exist, is empty, or contains only files of an interrupted
   * restoration.
   */
  private static void requireFree(Path directory) throws IOException {
    if (Files.exists(directory)
        && !Files.isDirectory(directory.resolve(LabIdentity.RESTORING))
        && !(Files.isDirectory(directory)
            && JobDirectories.entries(directory).stream().allMatch(Restoration::isLock))) {
      throw new DirectoryNotEmptyException(directory.toString());
    }
  }

  private static boolean isLock(Path entry) {
    return entry.endsWith(DirectoryLock.FILE);
  }

  /**
   * Writes and verifies all files, and then moves them into place. No server starts in the
   * directory until all files are in place. Blocks.
   *
   * @param directory a directory that does not exist, is empty, or contains only files of an
   *     interrupted restoration
   * @param written receives the number of bytes of each block
   * @throws InvalidBackup if a file is damaged; in this case, no file is moved into place
   * @throws DirectoryNotEmptyException if the directory contains anything else
   * @throws DataDirectoryInUse if another restoration is writing to it
   */
  public void into(Path directory, LongConsumer written) throws IOException {
    requireFree(directory);
    Files.createDirectories(directory);
    DataDirectory.keepToOwner(directory, DataDirectory.OWNER_ONLY);
    try (DirectoryLock _ = DirectoryLock.of(directory)) {
      // Checks again, since another restoration may have completed before this one got the lock.
      requireFree(directory);
      writeInto(directory, written);
    }
  }

  private void writeInto(Path directory, LongConsumer written) throws IOException {
    Path staging = directory.resolve(LabIdentity.RESTORING);
    Files.createDirectories(staging);
    FileTree.sync(directory);
    clear(directory, staging);
    try {
      for (BackupManifest.File file : manifest.files()) {
        write(staging, file, written);
      }
    } catch (InvalidBackup e) {
      FileTree.delete(staging);
      throw e;
    }
    put(staging, directory);
    FileTree.delete(staging);
    FileTree.sync(directory);
  }

  /** Removes the files of an earlier restoration. */
  private static void clear(Path directory, Path staging) throws IOException {
    for (Path entry : JobDirectories.entries(directory)) {
      if (!entry.equals(staging) && !isLock(entry)) {
        FileTree.delete(entry);
      }
    }
    FileTree.clear(staging, Set.of());
  }

  private void write(Path staging, BackupManifest.File file, LongConsumer written)
      throws IOException {
    Path target = staging.resolve(file.path()).normalize();
    if (!target.startsWith(staging) || target.equals(staging)) {
      throw new InvalidBackup("%s is outside a data directory".formatted(file.path()));
    }
    ZipEntry entry = zip.getEntry(file.path());
    if (entry == null) {
      throw new InvalidBackup("%s is missing in it".formatted(file.path()));
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    try (InputStream stream = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      if (!Checksum.copy(file.path(), stream, out, Long.MAX_VALUE, written).equals(file)) {
        throw new ZipException("wrong checksum");
      }
    } catch (ZipException | EOFException e) {
      throw new InvalidBackup("%s is damaged in it".formatted(file.path()));
    }
    FileTree.sync(target);
  }

  private static void put(Path staging, Path directory) throws IOException {
    try (Stream<Path> folders = Files.walk(staging)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        FileTree.sync(folder);
      }
    }
    for (Path entry : JobDirectories.entries(staging)) {
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
