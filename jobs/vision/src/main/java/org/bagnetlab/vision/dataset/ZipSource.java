package org.bagnetlab.vision.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Lists the images of a zip file, and reads no more of them than its directory declares. */
final class ZipSource {

  /** Adding up as many of these as there may be files does not overflow. */
  private static final long HUGE = 1L << 40;

  private final Path path;
  private final ZipFile zip;
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
      if (name.startsWith("/") || List.of(name.split("/")).contains("..")) {
        throw new DatasetException(
            "The zip file contains the path '%s', which points outside its folder. Nothing was imported."
                .formatted(name));
      }
      compressed += bounded(entry.getCompressedSize());
      if (!entry.isDirectory() && found.add(name, () -> read(entry))) {
        unpacked += bounded(entry.getSize());
      }
    }
    long size = Files.size(path);
    SourceLimits.checkCompressed(path, compressed, size);
    SourceLimits.checkUnpacked(path, unpacked, size);
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
