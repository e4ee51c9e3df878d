package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a model in a PyTorch checkpoint.
 *
 * @param tensors by name, in the file's order
 * @param facts strings and numbers stored besides the tensors, for example the epoch
 */
record StateDict(Map<String, StridedTensor> tensors, Map<String, String> facts) {

  /** Keys under which training scripts store a model's tensors. */
  private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");

  private static final int MOST_WRAPPERS = 3;

  /** Reads the bytes of a storage in the file. */
  @FunctionalInterface
  interface StorageBytes {
    /** Reads all bytes stored under a key, in little-endian order. */
    ByteBuffer read(String key) throws IOException;
  }

  /**
   * Finds the tensors in the pickle's value, or in a value nested in it.
   *
   * @throws IOException if there are no tensors
   */
  static StateDict in(@Nullable Object pickled) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    Object value = pickled;
    for (int depth = 0; value instanceof Map<?, ?> map && depth <= MOST_WRAPPERS; depth++) {
      addFacts(map, facts);
      Optional<Object> wrapped = wrapped(map);
      if (wrapped.isEmpty()) {
        return new StateDict(tensors(map), facts);
      }
      value = wrapped.get();
    }
    throw new IOException("it contains no dictionary of tensors.");
  }

  private static Optional<Object> wrapped(Map<?, ?> map) {
    for (String wrapper : WRAPPERS) {
      if (map.get(wrapper) instanceof Map<?, ?> inner) {
        return Optional.of(inner);
      }
    }
    return Optional.empty();
  }

  private static void addFacts(Map<?, ?> map, Map<String, String> facts) {
    map.forEach(
        (key, value) -> {
          if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            facts.putIfAbsent(String.valueOf(key), String.valueOf(value));
          }
        });
  }

  private static Map<String, StridedTensor> tensors(Map<?, ?> map) throws IOException {
    Map<String, StridedTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey() instanceof String name && entry.getValue() instanceof StridedTensor t) {
        tensors.put(name, t);
      }
    }
    if (tensors.isEmpty()) {
      throw new IOException("it contains no model tensors.");
    }
    return tensors;
  }

  /**
   * Reads the tensors' values, each storage once.
   *
   * @param fileSize limits the number of values, so that a small file cannot exhaust memory
   * @throws IOException if a tensor cannot be read; the message names it
   */
  Map<String, StoredTensor> read(StorageBytes storages, long fileSize) throws IOException {
    check(fileSize);
    Map<String, StoredTensor> read = new LinkedHashMap<>(tensors.size());
    for (List<String> names : namesByStorage().values()) {
      ByteBuffer bytes = bytes(names.get(0), storages);
      for (String name : names) {
        read.put(name, tensor(name).read(whole(name, bytes)));
      }
    }
    Map<String, StoredTensor> inOrder = new LinkedHashMap<>();
    for (String name : tensors.keySet()) {
      inOrder.put(name, Objects.requireNonNull(read.get(name)));
    }
    return inOrder;
  }

  private void check(long fileSize) throws IOException {
    long elements = 0;
    for (Map.Entry<String, StridedTensor> tensor : tensors.entrySet()) {
      tensor.getValue().check(tensor.getKey());
      elements += tensor.getValue().elements();
      if (elements > fileSize) {
        throw new IOException(
            "tensor %s exceeds the file: %d bytes cannot hold so many values."
                .formatted(tensor.getKey(), fileSize));
      }
    }
  }

  private Map<String, List<String>> namesByStorage() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            names.computeIfAbsent(tensor.storage().key(), key -> new ArrayList<>()).add(name));
    return names;
  }

  private StridedTensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name));
  }

  private ByteBuffer bytes(String name, StorageBytes storages) throws IOException {
    try {
      return storages.read(tensor(name).storage().key());
    } catch (IOException e) {
      throw new IOException("tensor %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Returns the bytes, after checking that there are enough for the tensor's storage. */
  private ByteBuffer whole(String name, ByteBuffer bytes) throws IOException {
    TensorStorage storage = tensor(name).storage();
    long held = bytes.limit() / storage.type().bytes();
    if (storage.first() > held - storage.elements()) {
      throw new IOException(
          "tensor %s needs a storage of %d values, but the file has %d of them."
              .formatted(name, storage.elements(), held));
    }
    return bytes;
  }
}
