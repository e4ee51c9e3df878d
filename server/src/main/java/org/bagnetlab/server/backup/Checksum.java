package org.bagnetlab.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Copies bytes and says which they were. */
final class Checksum {

  private static final int BLOCK = 1 << 16;

  private final MessageDigest digest;
  private long size;

  private Checksum(MessageDigest digest) {
    this.digest = digest;
  }

  /**
   * Copies at most so many bytes.
   *
   * @param copied told the number of bytes of each block
   */
  static Checksum copy(InputStream from, OutputStream to, long most, LongConsumer copied)
      throws IOException {
    Checksum checksum = new Checksum(sha256());
    byte[] block = new byte[BLOCK];
    while (checksum.size < most) {
      int read = from.read(block, 0, (int) Math.min(BLOCK, most - checksum.size));
      if (read < 0) {
        break;
      }
      to.write(block, 0, read);
      checksum.digest.update(block, 0, read);
      checksum.size += read;
      copied.accept(read);
    }
    return checksum;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** The file of this path that has these bytes. Can be asked once. */
  BackupManifest.File file(String path) {
    return new BackupManifest.File(path, size, HexFormat.of().formatHex(digest.digest()));
  }
}
