package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;

/**
 * Numbers in native memory, which are read and written as float32. If they are stored as bfloat16,
 * reading is exact and writing rounds to the nearest number, of two equally near ones to the one
 * with an even last bit. Indices count numbers.
 */
public sealed interface Numbers permits Float32Numbers, Bfloat16Numbers {

  /** Numbers that fill a buffer; of bfloat16 numbers, a float of it holds two. */
  static Numbers in(FloatBuffer memory, NumberType type) {
    return switch (type) {
      case FLOAT32 -> new Float32Numbers(memory);
      case BFLOAT16 -> new Bfloat16Numbers(MemorySegment.ofBuffer(memory));
    };
  }

  NumberType type();

  /** The numbers that begin with the one at an index. */
  Numbers from(int index);

  /** The memory that begins with the number at an index. */
  MemorySegment memory(int index);

  float get(int index);

  void put(int index, float value);

  /** Reads numbers from an index on into a part of an array. */
  void get(int index, float[] values, int at, int count);

  /** Writes a part of an array, from an index on. */
  void put(int index, float[] values, int at, int count);

  default void get(int index, float[] values) {
    get(index, values, 0, values.length);
  }

  default void put(int index, float[] values) {
    put(index, values, 0, values.length);
  }
}
