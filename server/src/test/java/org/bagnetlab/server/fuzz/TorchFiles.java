package org.bagnetlab.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Two tensors of three values each, as PyTorch writes them, and as safetensors. */
final class TorchFiles {

  private static final String[] KEYS = {"0", "1"};
  private static final int VALUES = 3;

  private TorchFiles() {}

  /**
   * The format since 1.6. Its checksums are zero, as PyTorch may write them: mutations get past
   * them.
   */
  static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      add(out, "archive/data.pkl", latin(dictionary()));
      add(out, "archive/byteorder", latin("little"));
      for (String key : KEYS) {
        add(out, "archive/data/" + key, new byte[VALUES * Float.BYTES]);
      }
    }
    byte[] zip = bytes.toByteArray();
    ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i + 20 < zip.length; i++) {
      if (fields.getInt(i) == 0x02014b50) {
        fields.putInt(i + 16, 0);
      }
    }
    return zip;
  }

  private static void add(ZipOutputStream out, String name, byte[] contents) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(contents);
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(contents.length);
    entry.setCrc(checksum.getValue());
    out.putNextEntry(entry);
    out.write(contents);
  }

  /** The format before 1.6. */
  static byte[] legacy() {
    StringBuilder file = new StringBuilder();
    file.append("\200\2\212\12\154\374\234\106\371\40\152\250\120\31.");
    file.append("\200\2M\351\3.");
    file.append("\200\2}(").append(text("little_endian")).append("\210u.");
    file.append(dictionary());
    file.append("\200\2](").append(text(KEYS[0])).append(text(KEYS[1])).append("e.");
    for (String _ : KEYS) {
      file.append((char) VALUES).append("\0".repeat(7 + VALUES * Float.BYTES));
    }
    return latin(file.toString());
  }

  static byte[] safetensors() {
    String header =
        """
        {"__metadata__":{"format":"pt","epoch":"3"},\
        "conv.weight":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]},\
        "conv.bias":{"dtype":"BF16","shape":[2],"data_offsets":[12,16]}}\
        """;
    return ByteBuffer.allocate(Long.BYTES + header.length() + 16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length())
        .put(latin(header))
        .array();
  }

  /** A pickle of protocol 2. */
  private static String dictionary() {
    StringBuilder pickle = new StringBuilder("\200\2}q\0(");
    pickle.append(text("epoch")).append("K\3").append(text("state_dict")).append("}(");
    for (String key : KEYS) {
      pickle
          .append(text("conv" + key + ".weight"))
          .append("ctorch._utils\n_rebuild_tensor_v2\n((")
          .append(text("storage"))
          .append("ctorch\nFloatStorage\n")
          .append(text(key))
          .append(text("cpu"))
          .append("K\3NtQK\0K\3K\1\206K\1K\1\206\211ccollections\nOrderedDict\n)RtR");
    }
    return pickle.append("uu.").toString();
  }

  private static String text(String value) {
    return "X" + (char) value.length() + "\0\0\0" + value;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
