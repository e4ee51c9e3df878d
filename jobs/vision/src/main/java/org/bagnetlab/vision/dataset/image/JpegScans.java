package org.bagnetlab.vision.dataset.image;

/**
 * Counts the scans of a JPEG file. A progressive file refines its pixels scan by scan, and a
 * decoder visits all pixels for each scan, even if the scan has little data.
 */
final class JpegScans {

  private static final int MARKER = 0xFF;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private JpegScans() {}

  /**
   * Counts the scans of the main image, but not those of images embedded in segments, such as
   * previews.
   */
  static int count(byte[] file) {
    int scans = 0;
    int at = 0;
    while (at + 1 < file.length) {
      int code = value(file, at + 1);
      if (value(file, at) != MARKER || code == MARKER) {
        at++; // compressed data or fill bytes
      } else if (code == END_OF_IMAGE && scans > 0) {
        return scans; // before any scan, this marker ends tables that precede the image
      } else if (alone(code)) {
        at += 2;
      } else {
        scans += code == START_OF_SCAN ? 1 : 0;
        at += 2 + length(file, at + 2);
      }
    }
    return scans;
  }

  /**
   * Whether a marker stands alone, without a segment: an escaped value of 255, a restart marker, or
   * the start or end of an image.
   */
  private static boolean alone(int code) {
    return code <= 0x01 || (code >= 0xD0 && code <= END_OF_IMAGE);
  }

  private static int length(byte[] file, int at) {
    return at + 1 < file.length ? value(file, at) << 8 | value(file, at + 1) : 0;
  }

  private static int value(byte[] file, int at) {
    return file[at] & 0xFF;
  }
}
