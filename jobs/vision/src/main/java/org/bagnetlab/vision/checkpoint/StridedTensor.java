package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor of a PyTorch checkpoint: a view of a storage, not necessarily contiguous.
 *
 * @param storage the storage of its values
 * @param offset index of the first value in the storage
 * @param shape shape in PyTorch
 * @param strides distance between neighbours in each dimension, in values
 */
record StridedTensor(TensorStorage storage, long offset, List<Integer> shape, List<Long> strides) {

  /** Copies the lists. */
  StridedTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
  }

  /** The number of values; only meaningful after {@link #check}. */
  long elements() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /**
   * Rejects a view that exceeds its storage or repeats a value.
   *
   * @param name name of the tensor for the message
   */
  void check(String name) throws IOException {
    long held = storage.elements();
    if (shape.size() != strides.size() || shape.size() > CheckpointLimits.MOST_DIMENSIONS) {
      throw refused(name, "is invalid");
    }
    if (offset < 0
        || shape.stream().anyMatch(n -> n < 0)
        || strides.stream().anyMatch(n -> n < 0)) {
      throw refused(name, "has a negative number");
    }
    if (shape.contains(0)) {
      return;
    }
    if (offset >= held) {
      throw refused(name, "starts beyond its storage of %d values".formatted(held));
    }
    long elements = 1;
    long last = offset;
    for (int i = 0; i < shape.size(); i++) {
      // Both factors are below 2^31 before each product, so that no product can overflow.
      elements *= shape.get(i);
      last += shape.get(i) == 1 ? 0 : (shape.get(i) - 1) * Math.min(strides.get(i), held);
      if (elements > held) {
        throw refused(name, "repeats values of its storage of %d".formatted(held));
      }
      if (last >= held) {
        throw refused(name, "exceeds its storage of %d values".formatted(held));
      }
    }
  }

  private IOException refused(String name, String why) {
    return new IOException(
        "tensor %s with shape %s, strides %s and offset %d %s."
            .formatted(name, shape, strides, offset, why));
  }

  /**
   * Copies the values into a row-major array.
   *
   * @param bytes bytes stored under the storage's key, starting at its first value; they contain
   *     the whole storage
   */
  StoredTensor read(ByteBuffer bytes) {
    float[] values = new float[Math.toIntExact(elements())];
    if (values.length > 0) {
      copy(bytes, storage.first() + offset, 0, values, 0);
    }
    return new StoredTensor(shape, storage.type().label(), values);
  }

  /** Copies one position of the dimensions before {@code dimension}; returns the next offset. */
  private int copy(ByteBuffer bytes, long position, int dimension, float[] values, int at) {
    if (dimension == shape.size()) {
      values[at] = storage.type().read(bytes, (int) position);
      return at + 1;
    }
    int next = at;
    for (int i = 0; i < shape.get(dimension); i++) {
      next = copy(bytes, position + i * strides.get(dimension), dimension + 1, values, next);
    }
    return next;
  }
}
