package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How the values of a tensor are stored.
 *
 * @param handle the library's description
 */
record TensorLayout(MemorySegment handle) {

  /** Values of {@code dnnl_format_tag_t}. */
  private static final int ANY = 1;

  private static final int IN_ORDER = 5;
  private static final int SECOND_LAST = 22;

  /** Feature maps, [image, row, column, channel] in memory. */
  static TensorLayout map(NumberType type, long images, long channels, long height, long width) {
    return of(type, SECOND_LAST, images, channels, height, width);
  }

  /** Float32 weights, [out, in, height, width] in memory. */
  static TensorLayout weights(long outputs, long inputs, long kernel) {
    return of(NumberType.FLOAT32, IN_ORDER, outputs, inputs, kernel, kernel);
  }

  /** Weights in the order that a primitive prefers. */
  static TensorLayout preferred(NumberType type, long outputs, long inputs, long kernel) {
    return of(type, ANY, outputs, inputs, kernel, kernel);
  }

  /** A matrix whose rows and columns begin at these distances from each other. */
  static TensorLayout matrix(
      NumberType type, long rows, long columns, long toNextRow, long toNextColumn) {
    try (Arena arena = Arena.ofConfined()) {
      return new TensorLayout(
          OneDnn.create(
              "memory_desc",
              "memory_desc_create_with_strides",
              2,
              arena.allocateFrom(JAVA_LONG, rows, columns),
              type.code(),
              arena.allocateFrom(JAVA_LONG, toNextRow, toNextColumn)));
    }
  }

  private static TensorLayout of(NumberType type, int tag, long... sizes) {
    try (Arena arena = Arena.ofConfined()) {
      return new TensorLayout(
          OneDnn.create(
              "memory_desc",
              "memory_desc_create_with_tag",
              sizes.length,
              arena.allocateFrom(JAVA_LONG, sizes),
              type.code(),
              tag));
    }
  }

  /** The number of floats of memory for values that are stored so. */
  long floats() {
    long bytes = (long) OneDnn.invoke("memory_desc_get_size", JAVA_LONG, handle);
    return (bytes + Float.BYTES - 1) / Float.BYTES;
  }
}
