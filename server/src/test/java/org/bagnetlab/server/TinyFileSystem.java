package org.bagnetlab.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own in memory, small enough to be filled. Only root can have one; {@code
 * BAGNETLAB_FULL_DISK=required} says that it must be there.
 */
public final class TinyFileSystem implements AutoCloseable {

  private static final String BALLAST = "ballast";

  private final Path directory;
  private final boolean mounted;

  private TinyFileSystem(Path directory, boolean mounted) {
    this.directory = directory;
    this.mounted = mounted;
  }

  /** Mounts one on a directory; where that is not allowed, the directory stays what it is. */
  public static TinyFileSystem on(Path directory, int megabytes) throws IOException {
    boolean mounted =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + megabytes + "m",
            "bagnetlab",
            directory.toString());
    if (!mounted && "required".equals(System.getenv("BAGNETLAB_FULL_DISK"))) {
      throw new AssertionError("No file system could be mounted on " + directory + ".");
    }
    return new TinyFileSystem(directory, mounted);
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue() == 0;
  }

  /** Whether it can be filled. */
  public boolean mounted() {
    return mounted;
  }

  /** Takes all of its space. */
  public void fill() throws IOException {
    try (OutputStream ballast =
        Files.newOutputStream(
            directory.resolve(BALLAST), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] block = new byte[1 << 12];
      while (true) {
        ballast.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives it back. */
  public void empty() throws IOException {
    Files.deleteIfExists(directory.resolve(BALLAST));
  }

  @Override
  public void close() throws IOException {
    if (mounted && !run("umount", directory.toString())) {
      throw new IOException(directory + " stays mounted: something still uses it");
    }
  }
}
