package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The contents of a safetensors file. The file consists of the header's length as a little-endian
 * 64-bit number, a JSON header with names, shapes and offsets and with free text under {@code
 * __metadata__}, and then the values.
 *
 * @param metadata free text by name
 * @param tensors by name, in the file's order
 */
record Safetensors(Map<String, String> metadata, Map<String, StoredTensor> tensors) {

  static final String METADATA = "__metadata__";

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Writes all tensors as float32 to a temporary file, syncs it to disk and renames it. */
  void write(Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] header = header();
      ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
      writeAll(channel, start.putLong(header.length).put(header).flip());
      for (StoredTensor tensor : tensors.values()) {
        ByteBuffer bytes =
            ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        writeAll(channel, bytes);
      }
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] header() throws IOException {
    ObjectNode header = MAPPER.createObjectNode();
    ObjectNode text = header.putObject(METADATA);
    metadata.forEach(text::put);
    long offset = 0;
    for (Map.Entry<String, StoredTensor> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      entry.set("shape", MAPPER.valueToTree(tensor.getValue().shape()));
      long end = offset + 4L * tensor.getValue().values().length;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MAPPER.writeValue((OutputStream) bytes, header);
    // The format aligns the values by padding the header with spaces.
    while ((8 + bytes.size()) % 8 != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
