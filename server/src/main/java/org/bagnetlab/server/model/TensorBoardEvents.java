package org.bagnetlab.server.model;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes numbers by step into a file of TensorBoard's events: records of TensorFlow's format, each
 * with its length and two checksums, of messages of the type {@code tensorflow.Event}.
 */
public final class TensorBoardEvents {

  private static final String VERSION = "brain.Event:2";

  // Numbers of fields in event.proto and summary.proto.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @param seconds since 1970
   */
  public TensorBoardEvents(OutputStream out, double seconds) throws IOException {
    this.out = out;
    write(
        message(
            event -> {
              event.writeDouble(WALL_TIME, seconds);
              event.writeString(FILE_VERSION, VERSION);
            }));
  }

  private interface Fields {
    void writeTo(CodedOutputStream message) throws IOException;
  }

  /**
   * Adds a number.
   *
   * @param seconds since 1970
   */
  public void add(String tag, long step, double seconds, double value) throws IOException {
    byte[] number =
        message(
            one -> {
              one.writeString(TAG, tag);
              one.writeFloat(SIMPLE_VALUE, (float) value);
            });
    byte[] summary = message(all -> all.writeByteArray(VALUE, number));
    write(
        message(
            event -> {
              event.writeDouble(WALL_TIME, seconds);
              event.writeInt64(STEP, step);
              event.writeByteArray(SUMMARY, summary);
            }));
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes);
    fields.writeTo(message);
    message.flush();
    return bytes.toByteArray();
  }

  private void write(byte[] message) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(message.length).array();
    out.write(length);
    out.write(littleEndian(Integer.BYTES).putInt(checksum(length)).array());
    out.write(message);
    out.write(littleEndian(Integer.BYTES).putInt(checksum(message)).array());
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Rotated and shifted, since a checksum of data that has its own checksum in it would be weak.
   */
  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
  }
}
