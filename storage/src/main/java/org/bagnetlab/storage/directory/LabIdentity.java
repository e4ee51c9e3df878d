package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Distinguishes a data directory from all others. A copy of a data directory has the same
 * identifier, but another path. Processes that a server starts carry the identity, so that only
 * servers of this directory recognise them.
 *
 * @param id generated when the directory was created
 * @param path of the directory, without links
 */
public record LabIdentity(String id, Path path) {

  /**
   * Marks a directory whose restoration is running or was aborted: its other contents are
   * incomplete.
   */
  public static final String RESTORING = ".restoring";

  private static final String FILE = "identity";
  private static final String FORM = "[0-9a-f-]{36}";

  /**
   * The identity of a data directory, which is created if necessary.
   *
   * @throws IncompleteRestoration if the directory was not restored completely
   */
  public static LabIdentity of(Path directory) throws IOException {
    requireRestored(directory);
    Path root = Files.createDirectories(directory).toRealPath();
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      write(root, file, UUID.randomUUID().toString());
    }
    String id = Files.readString(file).strip();
    if (!id.matches(FORM)) {
      throw new IOException(
          "The file %s does not contain a data directory identifier. Restore it from a backup, or delete it and start with --rebuild."
              .formatted(file));
    }
    return new LabIdentity(id, root);
  }

  /**
   * Rejects a directory that was only partly restored.
   *
   * @throws IncompleteRestoration if it was only partly restored
   */
  public static void requireRestored(Path directory) throws IncompleteRestoration {
    if (Files.exists(directory.resolve(RESTORING))) {
      throw new IncompleteRestoration(directory);
    }
  }

  /** If two processes start at the same time, the identity written first is kept. */
  private static void write(Path root, Path file, String id) throws IOException {
    Path part = Files.createTempFile(root, FILE, ".part");
    try {
      Files.writeString(part, id + "\n");
      FileTree.sync(part);
      Files.createLink(file, part);
      FileTree.sync(root);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException e) {
      // A file system without links is assumed not to be shared by processes that start at the same
      // time.
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
