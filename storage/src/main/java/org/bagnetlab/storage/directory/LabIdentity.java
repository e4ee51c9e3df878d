package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Tells a data directory from all others, its copies included: those have the same identifier, but
 * another path. What a server starts elsewhere carries it, so that only this directory's servers
 * take it for theirs.
 *
 * @param id made when the directory was created
 * @param path of the directory, without links
 */
public record LabIdentity(String id, Path path) {

  /**
   * A directory that has it is being restored, or its restoration was ended in between: what else
   * is in it is incomplete.
   */
  public static final String RESTORING = ".restoring";

  private static final String FILE = "identity";
  private static final String FORM = "[0-9a-f-]{36}";

  /**
   * The identity of a data directory, which is created if need be.
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
   * Refuses a directory that has only a part of a backup.
   *
   * @throws IncompleteRestoration if it has
   */
  public static void requireRestored(Path directory) throws IncompleteRestoration {
    if (Files.exists(directory.resolve(RESTORING))) {
      throw new IncompleteRestoration(directory);
    }
  }

  /** Of two that start at once, the first one's stays. */
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
      // No file system without links is shared by programs that start at once.
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
