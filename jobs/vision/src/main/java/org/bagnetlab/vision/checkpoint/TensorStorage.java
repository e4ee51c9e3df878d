package org.bagnetlab.vision.checkpoint;

/**
 * A stretch of values that tensors of a PyTorch checkpoint are views of: said in the pickle, kept
 * elsewhere in the file.
 *
 * @param type of its values
 * @param key its name in the file
 * @param first index of its first value under that key
 * @param elements number of values
 */
record TensorStorage(ElementType type, String key, long first, long elements) {

  /**
   * Checks that an array could hold it, so that no product of its numbers overflows.
   *
   * @throws IllegalArgumentException if not
   */
  TensorStorage {
    if (first < 0 || first > Integer.MAX_VALUE || elements < 0 || elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("invalid storage size: %d values".formatted(elements));
    }
  }
}
