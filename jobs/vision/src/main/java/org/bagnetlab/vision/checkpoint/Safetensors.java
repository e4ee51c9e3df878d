package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file of float32 tensors: the header's length as a little-endian 64-bit number, a
 * JSON header of names, shapes and offsets with free text under {@code __metadata__}, then the
 * values.
 *
 * @param metadata free text by name
 * @param tensors values by name, in the file's order
 * @param shapes shape of each tensor, by name
 */
record Safetensors(
    Map<String, String> metadata, Map<String, float[]> tensors, Map<String, List<Integer>> shapes) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int LONGEST_HEADER = 100_000_000;

  /** Writes the file beside its place, forces it to disk and renames it. */
  void write(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] header = header();
      ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
      writeAll(channel, start.putLong(header.length).put(header).flip());
      for (float[] values : tensors.values()) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        writeAll(channel, bytes);
      }
      channel.force(true);
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] header() throws IOException {
    ObjectNode header = MAPPER.createObjectNode();
    ObjectNode text = header.putObject("__metadata__");
    metadata.forEach(text::put);
    long offset = 0;
    for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      entry.set("shape", MAPPER.valueToTree(shapes.get(tensor.getKey())));
      long end = offset + 4L * tensor.getValue().length;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MAPPER.writeValue((OutputStream) bytes, header);
    // The format aligns the values by spaces after the header.
    while ((8 + bytes.size()) % 8 != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is no whole file of this format; the message says where it ends
   */
  static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer length = read(channel, file, 0, 8);
      long headerLength = length.getLong();
      if (headerLength < 2 || headerLength > LONGEST_HEADER) {
        throw new IOException(
            "%s is no safetensors file: its header would be %d bytes long."
                .formatted(file.getFileName(), headerLength));
      }
      byte[] header = new byte[(int) headerLength];
      read(channel, file, 8, header.length).get(header);
      JsonNode root = MAPPER.readTree(new String(header, StandardCharsets.UTF_8));
      Map<String, String> metadata = new LinkedHashMap<>();
      root.path("__metadata__")
          .properties()
          .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      Map<String, float[]> tensors = new LinkedHashMap<>();
      Map<String, List<Integer>> shapes = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        if (entry.getKey().equals("__metadata__")) {
          continue;
        }
        if (!entry.getValue().path("dtype").asText().equals("F32")) {
          throw new IOException("Tensor %s is not of float32.".formatted(entry.getKey()));
        }
        long from = entry.getValue().path("data_offsets").path(0).asLong(-1);
        long to = entry.getValue().path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to < from || (to - from) % 4 != 0 || to - from > Integer.MAX_VALUE) {
          throw new IOException("Tensor %s has no valid place.".formatted(entry.getKey()));
        }
        float[] values = new float[(int) ((to - from) / 4)];
        read(channel, file, 8 + headerLength + from, (int) (to - from)).asFloatBuffer().get(values);
        tensors.put(entry.getKey(), values);
        shapes.put(
            entry.getKey(),
            MAPPER.convertValue(
                entry.getValue().path("shape"),
                MAPPER.getTypeFactory().constructCollectionType(List.class, Integer.class)));
      }
      return new Safetensors(metadata, tensors, shapes);
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer read(FileChannel channel, Path file, long position, int length)
      throws IOException {
    if (position + length > channel.size()) {
      throw new IOException(
          "%s ends at byte %d, but its header promises %d."
              .formatted(file.getFileName(), channel.size(), position + length));
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("%s shrank while it was read.".formatted(file.getFileName()));
      }
    }
    return bytes.flip();
  }
}
