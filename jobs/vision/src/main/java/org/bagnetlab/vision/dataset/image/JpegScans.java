package org.bagnetlab.vision.dataset.image;

/**
 * Counts how often a JPEG file passes over its pixels. A progressive file refines them scan by
 * scan, and a decoder visits all of them for each, however little data the scan has.
 */
final class JpegScans {

  private static final int MARKER = 0xFF;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  private JpegScans() {}

  /** The scans of the first image; segments that hold other images, such as previews, are not. */
  static int count(byte[] file) {
    int scans = 0;
    int at = 0;
    while (at + 1 < file.length) {
      int code = value(file, at + 1);
      if (value(file, at) != MARKER || code == MARKER) {
        at++; // compressed values, or filling
      } else if (code == END_OF_IMAGE && scans > 0) {
        return scans; // without a scan, the file has tables first and then the image
      } else if (alone(code)) {
        at += 2;
      } else {
        scans += code == START_OF_SCAN ? 1 : 0;
        at += 2 + length(file, at + 2);
      }
    }
    return scans;
  }

  /** Whether no segment follows: a value of 255, a restart, the start or end of an image. */
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
