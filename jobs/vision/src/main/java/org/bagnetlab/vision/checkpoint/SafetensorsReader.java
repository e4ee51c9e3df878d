package org.bagnetlab.vision.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Reads safetensors files of all types that can be converted to float32. */
final class SafetensorsReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int BLOCK = 1 << 20;

  private final FileBytes file;
  private final long dataStart;
  private final JsonNode header;

  private SafetensorsReader(FileBytes file) throws IOException {
    this.file = file;
    long length = file.read(0, Long.BYTES).getLong();
    if (length < 2 || length > CheckpointLimits.LONGEST_HEADER) {
      throw new IOException(
          "it is not a safetensors file: its header would be %s bytes long, of at most %d."
              .formatted(Long.toUnsignedString(length), CheckpointLimits.LONGEST_HEADER));
    }
    this.dataStart = Long.BYTES + length;
    this.header = header(file.read(Long.BYTES, length));
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is damaged; the message names the tensor or the byte position
   */
  static Safetensors read(Path path) throws IOException {
    try (FileBytes file = FileBytes.open(path)) {
      return new SafetensorsReader(file).read();
    }
  }

  private static JsonNode header(ByteBuffer bytes) throws IOException {
    try {
      JsonNode header = MAPPER.readTree(StandardCharsets.UTF_8.decode(bytes).toString());
      if (!header.isObject()) {
        throw new IOException("the header is not a JSON object.");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new IOException(
          "the header is not valid JSON (%s).".formatted(e.getOriginalMessage()), e);
    }
  }

  /** The place of a tensor's values in the data section. */
  private record Place(String name, ElementType type, List<Integer> shape, long from, long to) {}

  /**
   * Whether two files have the same tensors, bit for bit. Reads a block of each at a time.
   *
   * @param compared selects tensors by their names
   * @throws IOException if a file is damaged
   */
  static boolean sameTensors(Path one, Path other, Predicate<String> compared) throws IOException {
    try (FileBytes first = FileBytes.open(one);
        FileBytes second = FileBytes.open(other)) {
      SafetensorsReader a = new SafetensorsReader(first);
      SafetensorsReader b = new SafetensorsReader(second);
      Map<String, Place> inA = a.places(compared);
      Map<String, Place> inB = b.places(compared);
      if (!inA.keySet().equals(inB.keySet())) {
        return false;
      }
      for (Map.Entry<String, Place> place : inA.entrySet()) {
        Place its = place.getValue();
        if (!a.same(its, b, Objects.requireNonNull(inB.get(place.getKey())))) {
          return false;
        }
      }
      return true;
    }
  }

  private Map<String, Place> places(Predicate<String> compared) throws IOException {
    Map<String, Place> places = new LinkedHashMap<>();
    for (Place place : places()) {
      if (compared.test(place.name())) {
        places.put(place.name(), place);
      }
    }
    return places;
  }

  private boolean same(Place here, SafetensorsReader other, Place there) throws IOException {
    if (here.type() != there.type() || !here.shape().equals(there.shape())) {
      return false;
    }
    long length = here.to() - here.from();
    for (long at = 0; at < length; at += BLOCK) {
      long block = Math.min(BLOCK, length - at);
      if (!file.read(dataStart + here.from() + at, block)
          .equals(other.file.read(other.dataStart + there.from() + at, block))) {
        return false;
      }
    }
    return true;
  }

  /** The places of all tensors, which fill the data section. */
  private List<Place> places() throws IOException {
    List<Place> places = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(Safetensors.METADATA)) {
        places.add(place(entry.getKey(), entry.getValue()));
      }
    }
    refuseOverlapsAndGaps(places);
    return places;
  }

  private Safetensors read() throws IOException {
    Map<String, String> metadata = metadata();
    List<Place> places = places();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Place place : places) {
      tensors.put(place.name(), tensor(place));
    }
    return new Safetensors(metadata, tensors);
  }

  private Map<String, String> metadata() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.path(Safetensors.METADATA).properties()) {
      if (!entry.getValue().isTextual()) {
        throw new IOException("the metadata %s is not a string.".formatted(entry.getKey()));
      }
      metadata.put(entry.getKey(), entry.getValue().textValue());
    }
    return metadata;
  }

  private Place place(String name, JsonNode entry) throws IOException {
    ElementType type = type(name, entry.path("dtype").asText());
    List<Integer> shape = shape(name, entry.path("shape"));
    JsonNode offsets = entry.path("data_offsets");
    if (offsets.size() != 2
        || !offsets.path(0).isIntegralNumber()
        || !offsets.path(1).isIntegralNumber()) {
      throw new IOException("tensor %s has invalid data offsets: %s.".formatted(name, offsets));
    }
    // A number beyond 64 bits is rejected by the check below, since no tensor has this size.
    long from = offsets.path(0).canConvertToLong() ? offsets.path(0).longValue() : -1;
    long to = offsets.path(1).canConvertToLong() ? offsets.path(1).longValue() : -1;
    if (from < 0 || to < from || to - from != bytes(shape, type)) {
      throw new IOException(
          "tensor %s of shape %s does not match its data offsets %d to %d."
              .formatted(name, shape, from, to));
    }
    if (to > file.size() - dataStart) {
      throw new IOException(
          "tensor %s ends at byte %d, but the file at byte %d."
              .formatted(name, dataStart + to, file.size()));
    }
    return new Place(name, type, shape, from, to);
  }

  /**
   * Checks that the tensors fill the data section without overlaps or gaps, as the format requires.
   * This also ensures that a file has no more values than bytes.
   */
  private void refuseOverlapsAndGaps(List<Place> places) throws IOException {
    long end = 0;
    for (Place place :
        places.stream()
            .sorted(Comparator.comparingLong(Place::from).thenComparingLong(Place::to))
            .toList()) {
      if (place.from() != end) {
        throw new IOException(
            "tensor %s begins at byte %d of the data, but the one before it ends at byte %d."
                .formatted(place.name(), place.from(), end));
      }
      end = place.to();
    }
    if (!places.isEmpty() && dataStart + end != file.size()) {
      throw new IOException(
          "the last tensor ends at byte %d, but the file at byte %d."
              .formatted(dataStart + end, file.size()));
    }
  }

  private StoredTensor tensor(Place place) throws IOException {
    ByteBuffer bytes = file.read(dataStart + place.from(), place.to() - place.from());
    float[] values = new float[bytes.limit() / place.type().bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = place.type().read(bytes, i);
    }
    return new StoredTensor(place.shape(), place.type().label(), values);
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
    boolean valid = sizes.isArray();
    for (JsonNode size : sizes) {
      valid &= size.isIntegralNumber() && size.canConvertToInt() && size.intValue() >= 0;
      shape.add(size.intValue());
    }
    if (!valid) {
      throw new IOException("tensor %s has no valid shape: %s.".formatted(name, sizes));
    }
    return List.copyOf(shape);
  }

  /** The size of a tensor in bytes; if it is too large, a size that no file can have. */
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
