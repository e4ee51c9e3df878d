package org.bagnetlab.vision.checkpoint;

/**
 * A range of values of a PyTorch checkpoint; tensors are views of it. The pickle declares the
 * storage, and its values are elsewhere in the file.
 *
 * @param type type of its values
 * @param key name of its data in the file
 * @param first index of its first value under that key
 * @param elements number of values
 */
record TensorStorage(ElementType type, String key, long first, long elements) {

  /**
   * Checks that the storage fits into an array, so that size computations cannot overflow.
   *
   * @throws IllegalArgumentException if it does not
   */
  TensorStorage {
    if (first < 0 || first > Integer.MAX_VALUE || elements < 0 || elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("invalid storage size: %d values".formatted(elements));
    }
  }
}
