package org.bagnetlab.vision.dataset.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Rejects BMP files based on the pixel data declared in their header. A BMP file may contain an
 * image of another format. The JDK's reader then passes the embedded image to that format's reader,
 * with a size that only the outer header limits.
 */
final class BmpHeader {

  /** Smallest header with a compression field; OS/2 headers end before it. */
  private static final int FIRST_WITH_COMPRESSION = 40;

  private static final int HEADER_SIZE = 14;
  private static final int COMPRESSION = 30;
  private static final int IMAGE_SIZE = 34;
  private static final int JPEG = 4;
  private static final int PNG = 5;

  private BmpHeader() {}

  /**
   * Checks a file's header.
   *
   * @throws IOException if the file contains an embedded image, or declares more bytes than it has
   */
  static void check(byte[] file) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < IMAGE_SIZE + Integer.BYTES
        || unsigned(header, HEADER_SIZE) < FIRST_WITH_COMPRESSION) {
      return;
    }
    long compression = unsigned(header, COMPRESSION);
    if (compression == JPEG || compression == PNG) {
      throw new IOException(
          "a BMP file with embedded JPEG or PNG is not supported: save it as JPEG or PNG");
    }
    long size = unsigned(header, IMAGE_SIZE);
    if (size > file.length) {
      throw new IOException(
          "the file is truncated: its header declares %d bytes of pixels, but the file has %d"
              .formatted(size, file.length));
    }
  }

  private static long unsigned(ByteBuffer header, int at) {
    return Integer.toUnsignedLong(header.getInt(at));
  }
}
