package org.bagnetlab.vision.dataset.imported;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bagnetlab.vision.dataset.image.ImageLimits;

/**
 * Lists the images of a zip file. Reads at most as many bytes of an entry as the zip directory
 * declares.
 */
final class ZipSource {

  /**
   * Largest size assumed for an entry, chosen so that the sum over the maximum number of files does
   * not overflow.
   */
  private static final long HUGE = 1L << 40;

  private final Path path;
  private final ZipFile zip;
  private final Set<String> names = new HashSet<>();
  private long compressed;
  private long unpacked;

  ZipSource(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /** Adds every image. */
  void list(SourceFiles found) throws IOException, DatasetException {
    SourceLimits.checkFiles(path, zip.size());
    for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName().replace('\\', '/');
      checkName(name);
      compressed += bounded(entry.getCompressedSize());
      if (!entry.isDirectory() && found.add(name, () -> read(entry))) {
        checkOnce(name);
        unpacked += bounded(entry.getSize());
      }
    }
    long size = Files.size(path);
    SourceLimits.checkCompressed(path, compressed, size);
    SourceLimits.checkUnpacked(path, unpacked, size);
  }

  private static void checkName(String name) throws DatasetException {
    boolean absolute = name.startsWith("/") || name.matches("[A-Za-z]:.*");
    if (absolute || List.of(name.split("/")).contains("..")) {
      throw new DatasetException(
          "The zip file contains the path '%s', which points outside its folder. Nothing was imported."
              .formatted(PrintableName.shown(name)));
    }
  }

  /**
   * Rejects duplicate names, including names that differ only in case, since an unpacked copy would
   * contain only one of the files.
   */
  private void checkOnce(String name) throws DatasetException {
    if (!names.add(name.toLowerCase(Locale.ROOT))) {
      throw new DatasetException(
          "The zip file contains the path '%s' twice, or in upper and lower case. Rename one of the files."
              .formatted(PrintableName.shown(name)));
    }
  }

  private static long bounded(long bytes) {
    return bytes < 0 ? HUGE : Math.min(HUGE, bytes);
  }

  private byte[] read(ZipEntry entry) throws IOException {
    ImageLimits.checkBytes(entry.getSize());
    int size = (int) entry.getSize();
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(size + 1);
      if (bytes.length > size) {
        throw new IOException("it is longer than the zip directory declares");
      }
      return bytes;
    }
  }
}
