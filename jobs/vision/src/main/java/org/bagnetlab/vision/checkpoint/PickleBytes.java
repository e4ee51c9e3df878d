package org.bagnetlab.vision.checkpoint;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one or more pickles, with the current position and a look-ahead. */
final class PickleBytes extends ByteArrayInputStream {

  PickleBytes(byte[] bytes) {
    super(bytes);
  }

  /** The number of bytes read. */
  int position() {
    return pos;
  }

  /**
   * The length field at the current position, without consuming it; -1 if too few bytes are left.
   *
   * @param width size of the length field: 1 unsigned byte, or 4 or 8 bytes, little-endian
   */
  long nextLength(int width) {
    if (count - pos < width) {
      return -1;
    }
    ByteBuffer next = ByteBuffer.wrap(buf, pos, width).order(ByteOrder.LITTLE_ENDIAN);
    return switch (width) {
      case Byte.BYTES -> Byte.toUnsignedInt(next.get());
      case Integer.BYTES -> next.getInt();
      default -> next.getLong();
    };
  }
}
