package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The image files of a folder or a zip, by their path inside it with forward slashes. */
final class SourceFiles implements AutoCloseable {

  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif");

  /** Reads a whole file. */
  private interface Reader {
    InputStream open() throws IOException;
  }

  private final SortedMap<String, Reader> files = new TreeMap<>();
  private final AutoCloseable source;

  private SourceFiles(AutoCloseable source) {
    this.source = source;
  }

  /**
   * Lists the image files.
   *
   * @throws DatasetException if there is no such folder or zip, or a path in it climbs out
   */
  static SourceFiles open(Path path) throws IOException, DatasetException {
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (!Files.exists(path)) {
      throw new DatasetException("There is no folder or zip file " + path + ".");
    }
    try {
      return zip(new ZipFile(path.toFile()));
    } catch (ZipException e) {
      throw new DatasetException(
          "%s is neither a folder nor a whole zip file (%s).".formatted(path, e.getMessage()));
    }
  }

  private static SourceFiles folder(Path folder) throws IOException {
    SourceFiles found = new SourceFiles(() -> {});
    try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        found.add(
            folder.relativize(file).toString().replace('\\', '/'),
            () -> Files.newInputStream(file));
      }
    }
    return found;
  }

  private static SourceFiles zip(ZipFile zip) throws DatasetException, IOException {
    SourceFiles found = new SourceFiles(zip);
    for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName().replace('\\', '/');
      if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
        zip.close();
        throw new DatasetException(
            "The zip file holds the path '%s', which leaves its folder. Nothing was imported."
                .formatted(name));
      }
      if (!entry.isDirectory()) {
        found.add(name, () -> zip.getInputStream(entry));
      }
    }
    return found;
  }

  private void add(String name, Reader reader) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hidden =
        List.of(name.split("/")).stream().anyMatch(p -> p.startsWith(".") || p.equals("__MACOSX"));
    if (!hidden && ENDINGS.stream().anyMatch(lower::endsWith)) {
      files.put(name, reader);
    }
  }

  /** The paths, sorted. */
  List<String> paths() {
    return List.copyOf(files.keySet());
  }

  /** A file's bytes. */
  byte[] read(String path) throws IOException {
    Reader reader = files.get(path);
    if (reader == null) {
      throw new IOException("no file " + path);
    }
    try (InputStream in = reader.open()) {
      return ImageLimits.read(in, ImageLimits.MOST_BYTES);
    }
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
