package org.bagnetlab.vision.dataset.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Limits for reading an image: its bytes, its pixels, and the decoder's passes over them. Images
 * are untrusted, and decoding a small file can take much memory and time. Within these limits, it
 * takes at most a few seconds and a few hundred MiB.
 */
public final class ImageLimits {

  /**
   * Maximum size of a file in bytes: scene images have about 100 kB, the largest photographs 50 MB.
   */
  public static final int MOST_BYTES = 64 << 20;

  /**
   * Maximum number of pixels, which is enough for the sensors of most cameras; networks use at most
   * 512 x 512.
   */
  public static final long MOST_PIXELS = 25_000_000L;

  /**
   * Maximum number of scans of a JPEG image: encoders write about ten, and each scan costs decoding
   * time even if it has only 11 bytes.
   */
  public static final int MOST_SCANS = 100;

  /**
   * Maximum number of pixels summed over all scans: a scan of 25 million pixels takes a tenth of a
   * second, so this limit corresponds to two seconds.
   */
  private static final long MOST_SCANNED_PIXELS = 20 * MOST_PIXELS;

  private ImageLimits() {}

  /** Reads the bytes of a file. */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, MOST_BYTES);
    }
  }

  /**
   * Reads the bytes of a stream.
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

  /** Rejects a file that is too large. */
  public static void checkBytes(long size) throws IOException {
    if (size > MOST_BYTES) {
      throw tooLarge();
    }
  }

  private static IOException tooLarge() {
    return new IOException(
        "it is larger than %d MiB: reduce its file size".formatted(MOST_BYTES >> 20));
  }

  /** Rejects an image by the size in its header, before memory for its pixels is allocated. */
  static void checkPixels(int width, int height) throws IOException {
    if ((long) width * height > MOST_PIXELS) {
      throw new IOException(
          "%d × %d pixels are too many: save it with at most %d million"
              .formatted(width, height, MOST_PIXELS / 1_000_000));
    }
  }

  /** Rejects a JPEG image that would be slow to decode because of its number of scans. */
  static void checkScans(int scans, int width, int height) throws IOException {
    if (scans > MOST_SCANS) {
      throw new IOException(
          "its %d scans are too many, of at most %d: save it as a baseline JPEG"
              .formatted(scans, MOST_SCANS));
    }
    if ((long) scans * width * height > MOST_SCANNED_PIXELS) {
      throw new IOException(
          "%d scans of %d × %d pixels take too long to read: save it as a baseline JPEG"
              .formatted(scans, width, height));
    }
  }
}
