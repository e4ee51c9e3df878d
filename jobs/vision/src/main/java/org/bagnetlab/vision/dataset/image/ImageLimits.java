package org.bagnetlab.vision.dataset.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What reading one image may cost: its bytes, its pixels, and the passages over them. Images come
 * from elsewhere, and a small file can ask for much memory and time; within these limits it takes
 * at most a few seconds and some hundred MiB.
 */
public final class ImageLimits {

  /** Scenes are 100 kB; the largest photographs in circulation have 50 MB. */
  public static final int MOST_BYTES = 64 << 20;

  /** The sensors of most cameras; networks see at most 512 x 512 of them. */
  public static final long MOST_PIXELS = 25_000_000L;

  /** Encoders write about ten; each costs time even if it has only 11 bytes. */
  public static final int MOST_SCANS = 100;

  /** A scan over 25 million pixels takes a tenth of a second: this is two seconds. */
  private static final long MOST_SCANNED_PIXELS = 20 * MOST_PIXELS;

  private ImageLimits() {}

  /** The bytes of a file. */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, MOST_BYTES);
    }
  }

  /**
   * The bytes of a stream.
   *
   * @throws IOException if there are more than {@code most}
   */
  static byte[] read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw tooLarge();
    }
    return bytes;
  }

  /** Refuses a file by its size. */
  public static void checkBytes(long size) throws IOException {
    if (size > MOST_BYTES) {
      throw tooLarge();
    }
  }

  private static IOException tooLarge() {
    return new IOException(
        "it is larger than %d MiB: reduce its file size".formatted(MOST_BYTES >> 20));
  }

  /** Refuses an image by the size in its header, before memory is taken for its pixels. */
  static void checkPixels(int width, int height) throws IOException {
    if ((long) width * height > MOST_PIXELS) {
      throw new IOException(
          "%d x %d pixels are too many: save it with at most %d million"
              .formatted(width, height, MOST_PIXELS / 1_000_000));
    }
  }

  /** Refuses a JPEG image that takes long to read, by the number of its scans. */
  static void checkScans(int scans, int width, int height) throws IOException {
    if (scans > MOST_SCANS) {
      throw new IOException(
          "its %d scans are too many, of at most %d: save it as a baseline JPEG"
              .formatted(scans, MOST_SCANS));
    }
    if ((long) scans * width * height > MOST_SCANNED_PIXELS) {
      throw new IOException(
          "%d scans of %d x %d pixels take too long to read: save it as a baseline JPEG"
              .formatted(scans, width, height));
    }
  }
}
