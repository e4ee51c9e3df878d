package org.bagnetlab.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.bagnetlab.vision.dataset.Sha256;

/** Copies bytes while counting and hashing them. */
final class Checksum {

  private static final int BLOCK = 1 << 16;

  private Checksum() {}

  /**
   * Copies a limited number of bytes.
   *
   * @param path path of the file in the backup
   * @param copied receives the number of bytes of each block
   * @return the copied file
   */
  static BackupManifest.File copy(
      String path, InputStream from, OutputStream to, long most, LongConsumer copied)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] block = new byte[BLOCK];
    long size = 0;
    while (size < most) {
      int read = from.read(block, 0, (int) Math.min(BLOCK, most - size));
      if (read < 0) {
        break;
      }
      to.write(block, 0, read);
      digest.update(block, 0, read);
      size += read;
      copied.accept(read);
    }
    return new BackupManifest.File(path, size, HexFormat.of().formatHex(digest.digest()));
  }
}
