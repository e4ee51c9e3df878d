package org.bagnetlab.storage.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reserves a data directory for one server or restoration. The file is never deleted: if it were
 * recreated, two processes could each hold a lock.
 */
public final class DirectoryLock implements AutoCloseable {

  /** Name of the locked file, which contains the process ID of its last owner. */
  public static final String FILE = "server.lock";

  /**
   * Directories locked by this process. A file lock does not exclude its own process, and closing a
   * second channel to the file would release the lock, so this set is checked first.
   */
  private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel channel;

  private DirectoryLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Locks an existing directory.
   *
   * @throws DataDirectoryInUse if another process has locked it
   */
  public static DirectoryLock of(Path directory) throws IOException {
    Path root = directory.toRealPath();
    if (!LOCKED_HERE.add(root)) {
      throw new DataDirectoryInUse(root, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return new DirectoryLock(root, locked(root));
    } catch (IOException | RuntimeException e) {
      LOCKED_HERE.remove(root);
      throw e;
    }
  }

  private static FileChannel locked(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        String owner = contents(channel);
        throw new DataDirectoryInUse(root, owner.isEmpty() ? "unknown" : owner);
      }
      channel.truncate(0);
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.wrap(pid), 0);
      channel.force(true);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String contents(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  /** Unlocks the directory. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      LOCKED_HERE.remove(root);
    }
  }
}
