package org.bagnetlab.vision.checkpoint;

/**
 * A range of values that tensors of a PyTorch checkpoint are views of. The pickle declares it, and
 * the values are elsewhere in the file.
 *
 * @param type type of its values
 * @param key name of its data in the file
 * @param first index of its first value under that key
 * @param elements number of values
 */
record TensorStorage(ElementType type, String key, long first, long elements) {

  /**
   * Checks that it fits into an array, so that no product of its numbers overflows.
   *
   * @throws IllegalArgumentException if it does not
   */
  TensorStorage {
    if (first < 0 || first > Integer.MAX_VALUE || elements < 0 || elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("invalid storage size: %d values".formatted(elements));
    }
  }
}
