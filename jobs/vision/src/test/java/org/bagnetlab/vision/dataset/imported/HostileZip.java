package org.bagnetlab.vision.dataset.imported;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Zip files whose directory says what a test wants it to say. */
final class HostileZip {

  private HostileZip() {}

  /**
   * An entry of the directory.
   *
   * @param name its path
   * @param contents stored as they are, or a place in the file that an earlier entry has
   * @param compressed bytes that it takes in the file, as the directory says
   * @param size bytes that it holds, as the directory says
   */
  record Entry(String name, byte[] contents, int compressed, long size) {}

  /** A file with each of these, all of which are stored once if they have the same contents. */
  static byte[] of(List<Entry> entries) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    byte[] previous = {};
    int offset = 0;
    for (Entry entry : entries) {
      if (entry.contents() != previous) {
        offset = file.size();
        file.write(header(0x04034b50, 30, entry, 0).array());
        file.write(entry.name().getBytes(StandardCharsets.UTF_8));
        file.write(entry.contents());
        previous = entry.contents();
      }
      directory.write(header(0x02014b50, 46, entry, offset).array());
      directory.write(entry.name().getBytes(StandardCharsets.UTF_8));
    }
    int start = file.size();
    file.write(directory.toByteArray());
    ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN).putInt(0x06054b50);
    end.putInt(0).putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt(directory.size()).putInt(start);
    file.write(end.array());
    return file.toByteArray();
  }

  private static ByteBuffer header(int signature, int length, Entry entry, int offset) {
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(signature);
    if (length == 46) {
      header.putShort((short) 20);
    }
    header.putShort((short) 20).putShort((short) 0x800).putShort((short) 0).putInt(0).putInt(0);
    header.putInt(entry.compressed()).putInt((int) entry.size());
    header.putShort((short) entry.name().getBytes(StandardCharsets.UTF_8).length);
    if (length == 46) {
      header.putInt(42, offset);
    }
    return header;
  }
}
