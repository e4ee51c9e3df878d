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
   * Whether as many bytes are left as the length says that comes next.
   *
   * @param width size of the length itself: 4 or 8 bytes, little-endian
   */
  boolean holdWhatComesNext(int width) {
    if (count - pos < width) {
      return false;
    }
    ByteBuffer next = ByteBuffer.wrap(buf, pos, width).order(ByteOrder.LITTLE_ENDIAN);
    long length = width == Integer.BYTES ? next.getInt() : next.getLong();
    return length >= 0 && length <= count - pos - width;
  }
}
