package org.bagnetlab.vision.dataset.imported;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.bagnetlab.vision.dataset.image.ImageLimits;

/** The image files of a folder or a zip file, by their relative path with forward slashes. */
final class SourceFiles implements AutoCloseable {

  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif");

  /** Reads a whole file. */
  interface Reader {
    byte[] read() throws IOException;
  }

  private final SortedMap<String, Reader> files = new TreeMap<>();
  private final AutoCloseable source;

  private SourceFiles(AutoCloseable source) {
    this.source = source;
  }

  /**
   * Lists the image files.
   *
   * @throws DatasetException if there is no such folder or zip file, if a path in it points outside
   *     of it, or if it exceeds {@link SourceLimits}
   */
  static SourceFiles open(Path path) throws IOException, DatasetException {
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (!Files.exists(path)) {
      throw new DatasetException("No such folder or zip file: " + path + ".");
    }
    try {
      return zip(path, new ZipFile(path.toFile()));
    } catch (EOFException e) {
      throw unopened(path, "its directory lies beyond its end"); // Java gives no message
    } catch (ZipException e) {
      throw unopened(path, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The exception for a zip file that cannot be opened. Archives written by older programs have
   * file names in the code page of their system.
   */
  private static DatasetException unopened(Path path, String why) {
    Path name = path.getFileName(); // only the name, since an upload's folder must not be shown
    return new DatasetException(
        why.contains("bad entry name")
            ? "The file names in %s are not UTF-8: unpack it and import the folder.".formatted(name)
            : "%s is neither a folder nor a complete zip file (%s).".formatted(name, why));
  }

  private static SourceFiles folder(Path folder) throws IOException, DatasetException {
    SourceFiles found = new SourceFiles(() -> {});
    try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      int visited = 0;
      for (Path file : (Iterable<Path>) paths::iterator) {
        SourceLimits.checkFiles(folder, ++visited);
        if (Files.isRegularFile(file)) {
          found.add(
              folder.relativize(file).toString().replace('\\', '/'), () -> ImageLimits.read(file));
        }
      }
    } catch (UncheckedIOException e) {
      throw walkFailure(e);
    }
    return found;
  }

  /**
   * The exception for a folder that cannot be listed, if the folder is the cause and not the disk.
   */
  private static DatasetException walkFailure(UncheckedIOException e) throws IOException {
    if (e.getCause() instanceof FileSystemLoopException loop) {
      return new DatasetException(
          "%s links to one of its parent folders. Remove the link.".formatted(loop.getFile()));
    }
    if (e.getCause() instanceof AccessDeniedException denied) {
      return new DatasetException(
          "No permission to read the folder %s. Change its permissions, or remove it."
              .formatted(denied.getFile()));
    }
    throw new IOException(e.getMessage(), e);
  }

  private static SourceFiles zip(Path path, ZipFile zip) throws DatasetException, IOException {
    SourceFiles found = new SourceFiles(zip);
    try {
      new ZipSource(path, zip).list(found);
      return found;
    } catch (DatasetException | IOException e) {
      zip.close();
      throw e;
    }
  }

  /** Adds a file, if it is an image and not hidden. */
  boolean add(String name, Reader reader) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hidden =
        List.of(name.split("/")).stream().anyMatch(p -> p.startsWith(".") || p.equals("__MACOSX"));
    boolean image = !hidden && ENDINGS.stream().anyMatch(lower::endsWith);
    if (image) {
      files.put(name, reader);
    }
    return image;
  }

  /** The paths, sorted. */
  List<String> paths() {
    return List.copyOf(files.keySet());
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws IOException if it cannot be read, or its name is not allowed
   */
  byte[] read(String path) throws IOException {
    Reader reader = files.get(path);
    if (reader == null) {
      throw new IOException("no file " + path);
    }
    if (!PrintableName.is(path)) {
      throw new IOException("its path contains a control character: rename it");
    }
    return reader.read();
  }

  @Override
  public void close() throws IOException {
    try {
      source.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
