package org.bagnetlab.vision.dataset.imported;

import java.nio.file.Path;

/**
 * Limits for a folder or zip file of images, so that scanning it ends in bounded time. Within these
 * limits, the list of its files fits into the memory of a command.
 */
public final class SourceLimits {

  /** Maximum number of files; scene data sets have thousands of images. */
  public static final int MOST_FILES = 500_000;

  /**
   * Maximum ratio of unpacked to packed bytes: most images are already compressed, but bitmaps with
   * few colours can be compressed to a hundredth of their size.
   */
  public static final long MOST_UNPACKING = 100;

  /**
   * Number of unpacked bytes that is always allowed, since small zip files may contain small images
   * of one colour.
   */
  public static final long ALWAYS_UNPACKED = 1L << 30;

  private SourceLimits() {}

  /** Rejects a source with too many files. */
  static void checkFiles(Path source, int files) throws DatasetException {
    if (files > MOST_FILES) {
      throw new DatasetException(
          "%s contains more than %,d files. Import a part of it."
              .formatted(source.getFileName(), MOST_FILES));
    }
  }

  /**
   * Rejects a zip file whose entries share bytes, as in zip bombs.
   *
   * @param compressed total compressed bytes of all entries according to the zip directory
   * @param size size of the zip file in bytes
   */
  static void checkCompressed(Path zip, long compressed, long size) throws DatasetException {
    if (compressed > size) {
      throw new DatasetException(
          "The entries of %s overlap: they take %,d bytes of a file of %,d. Unpack it with a program that you trust, and import the folder."
              .formatted(zip.getFileName(), compressed, size));
    }
  }

  /**
   * Rejects a zip file that unpacks to an excessive size.
   *
   * @param unpacked total uncompressed bytes of all images according to the zip directory
   * @param size size of the zip file in bytes
   */
  static void checkUnpacked(Path zip, long unpacked, long size) throws DatasetException {
    if (unpacked > Math.max(ALWAYS_UNPACKED, MOST_UNPACKING * size)) {
      throw new DatasetException(
          "The images in %s unpack to %d MiB, more than %d times the file. Unpack it with a program that you trust, and import the folder."
              .formatted(zip.getFileName(), unpacked >> 20, MOST_UNPACKING));
    }
  }
}
