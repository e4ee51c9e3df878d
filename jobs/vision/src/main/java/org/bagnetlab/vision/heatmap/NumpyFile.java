package org.bagnetlab.vision.heatmap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes heatmaps in NumPy's format 1.0: float32, [row, column]. */
public final class NumpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The offset of the values is a multiple of this number, as in NumPy's own files. */
  private static final int ALIGNMENT = 64;

  private NumpyFile() {}

  /** Writes a heatmap's values, replacing any file with this name. */
  public static void write(Heatmap map, Path file) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(map.height(), map.width());
    int before = MAGIC.length + Short.BYTES;
    int start = (before + header.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes =
        ByteBuffer.allocate(start + Float.BYTES * map.values().length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putShort((short) (start - before));
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    while (bytes.position() < start - 1) {
      bytes.put((byte) ' ');
    }
    bytes.put((byte) '\n');
    bytes.asFloatBuffer().put(map.values());
    Files.write(file, bytes.array());
  }
}
