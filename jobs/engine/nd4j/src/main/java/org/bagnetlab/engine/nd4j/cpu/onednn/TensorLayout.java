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

  /** The value of {@code dnnl_data_type_t} for float32. */
  private static final int FLOAT32 = 3;

  /** Values of {@code dnnl_format_tag_t}. */
  private static final int ANY = 1;

  private static final int IN_ORDER = 5;
  private static final int SECOND_LAST = 22;

  /** Feature maps, [image, row, column, channel] in memory. */
  static TensorLayout map(long images, long channels, long height, long width) {
    return of(SECOND_LAST, images, channels, height, width);
  }

  /** Weights, [out, in, height, width] in memory. */
  static TensorLayout weights(long outputs, long inputs, long kernel) {
    return of(IN_ORDER, outputs, inputs, kernel, kernel);
  }

  /** Weights in the order that a primitive prefers. */
  static TensorLayout preferred(long outputs, long inputs, long kernel) {
    return of(ANY, outputs, inputs, kernel, kernel);
  }

  private static TensorLayout of(int tag, long... sizes) {
    try (Arena arena = Arena.ofConfined()) {
      return new TensorLayout(
          OneDnn.create(
              "memory_desc",
              "memory_desc_create_with_tag",
              sizes.length,
              arena.allocateFrom(JAVA_LONG, sizes),
              FLOAT32,
              tag));
    }
  }

  /** The number of floats of memory for values that are stored so. */
  long floats() {
    long bytes = (long) OneDnn.invoke("memory_desc_get_size", JAVA_LONG, handle);
    return (bytes + Float.BYTES - 1) / Float.BYTES;
  }
}
