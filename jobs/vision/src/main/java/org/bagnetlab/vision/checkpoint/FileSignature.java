package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The type of a file, determined from its first bytes. */
enum FileSignature {
  ZIP,
  PICKLE,
  SAFETENSORS,
  TAR,
  EMPTY,
  UNKNOWN;

  private static final int TAR_AT = 257;
  private static final int LONGEST = TAR_AT + 5;

  static FileSignature of(Path path) throws IOException {
    try (FileBytes file = FileBytes.open(path)) {
      return of(file.read(0, Math.min(file.size(), LONGEST)));
    }
  }

  private static FileSignature of(ByteBuffer start) {
    if (!start.hasRemaining()) {
      return EMPTY;
    }
    if (has(start, Long.BYTES, "{")) {
      return SAFETENSORS;
    }
    if (has(start, 0, "PK\003\004")) {
      return ZIP;
    }
    if (has(start, TAR_AT, "ustar")) {
      return TAR;
    }
    // A pickle of protocol 2 and above begins with the instruction PROTO.
    if (start.get(0) == (byte) 0x80 && start.limit() > 1 && start.get(1) <= 5) {
      return PICKLE;
    }
    return UNKNOWN;
  }

  private static boolean has(ByteBuffer start, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return start.limit() >= at + bytes.length
        && start.slice(at, bytes.length).equals(ByteBuffer.wrap(bytes));
  }
}
