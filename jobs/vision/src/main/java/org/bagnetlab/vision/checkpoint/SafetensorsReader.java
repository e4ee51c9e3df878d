package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads safetensors files of any of its types that float32 can hold. */
final class SafetensorsReader {

  private static final int LONGEST_HEADER = 16 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final FileBytes file;
  private final long dataStart;
  private final JsonNode header;

  private SafetensorsReader(FileBytes file) throws IOException {
    this.file = file;
    long length = file.read(0, Long.BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw new IOException(
          "it is no safetensors file: its header would be %d bytes long.".formatted(length));
    }
    this.dataStart = Long.BYTES + length;
    this.header = header(file.read(Long.BYTES, length));
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is damaged; the message names the tensor or the byte
   */
  static Safetensors read(Path path) throws IOException {
    try (FileBytes file = FileBytes.open(path)) {
      return new SafetensorsReader(file).read();
    }
  }

  private static JsonNode header(ByteBuffer bytes) throws IOException {
    try {
      return MAPPER.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
    } catch (JsonProcessingException e) {
      throw new IOException("the header is no JSON (%s).".formatted(e.getOriginalMessage()), e);
    }
  }

  private Safetensors read() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    header
        .path(Safetensors.METADATA)
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    long read = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(Safetensors.METADATA)) {
        StoredTensor tensor = tensor(entry.getKey(), entry.getValue());
        tensors.put(entry.getKey(), tensor);
        read += tensor.values().length;
        // Tensors share no bytes, so that there cannot be more values than the file has bytes.
        if (read > file.size()) {
          throw new IOException(
              "tensor %s shares its bytes with others.".formatted(entry.getKey()));
        }
      }
    }
    return new Safetensors(metadata, tensors);
  }

  private StoredTensor tensor(String name, JsonNode entry) throws IOException {
    ElementType type = type(name, entry.path("dtype").asText());
    List<Integer> shape = shape(name, entry.path("shape"));
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    long length = bytes(shape, type);
    if (from < 0 || to - from != length) {
      throw new IOException(
          "tensor %s of shape %s does not fit its place from byte %d to %d of the data."
              .formatted(name, shape, from, to));
    }
    if (to > file.size() - dataStart) {
      throw new IOException(
          "tensor %s ends at byte %d, but the file at byte %d."
              .formatted(name, dataStart + to, file.size()));
    }
    ByteBuffer bytes = file.read(dataStart + from, length);
    float[] values = new float[(int) (length / type.bytes())];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.read(bytes, i);
    }
    return new StoredTensor(shape, type.label(), values);
  }

  private static ElementType type(String name, String dtype) throws IOException {
    return ElementType.inSafetensors(dtype)
        .orElseThrow(
            () ->
                new IOException(
                    "tensor %s is of type %s, which is not supported.".formatted(name, dtype)));
  }

  private static List<Integer> shape(String name, JsonNode sizes) throws IOException {
    List<Integer> shape = new ArrayList<>();
    for (JsonNode size : sizes) {
      if (!size.canConvertToInt() || size.intValue() < 0) {
        throw new IOException("tensor %s has no valid shape: %s.".formatted(name, sizes));
      }
      shape.add(size.intValue());
    }
    return List.copyOf(shape);
  }

  /** Size of a tensor, or a size that no file has. */
  private static long bytes(List<Integer> shape, ElementType type) {
    long bytes = type.bytes();
    for (int size : shape) {
      if (bytes > Integer.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
      bytes *= size;
    }
    return bytes;
  }
}
