package org.bagnetlab.vision.checkpoint;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of one or more pickles, with the place in them and a look ahead. */
final class PickleBytes extends ByteArrayInputStream {

  PickleBytes(byte[] bytes) {
    super(bytes);
  }

  /** How many bytes were read. */
  int position() {
    return pos;
  }

  /**
   * The length that comes next, without reading it; -1 if there are too few bytes even for that.
   *
   * @param width size of the length itself: 1 byte without a sign, or 4 or 8 bytes, little-endian
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
