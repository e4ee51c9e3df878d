package org.bagnetlab.engine.nd4j.cpu.memory;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One block of native memory for float32 values, of which buffers and arrays are views. */
public final class Arena implements AutoCloseable {

  private final INDArray memory;
  private final long size;

  public Arena(long floats) {
    size = floats;
    memory = Nd4j.createUninitialized(DataType.FLOAT, Math.max(1, floats));
  }

  public long size() {
    return size;
  }

  /** A buffer that is a view of a part of the arena. */
  public FloatBuffer floats(long from, long count) {
    if (count > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "One feature map of this batch needs %d MB; at most %d MB can be computed. Use a smaller batch or image."
              .formatted(count * Float.BYTES / 1_000_000, Integer.MAX_VALUE / 1_000_000));
    }
    return new FloatPointer(memory.data().addressPointer())
        .position(from)
        .limit(from + count)
        .asBuffer();
  }

  /** Numbers in a part of the arena, which has room for them. */
  Numbers numbers(long from, long count, NumberType type) {
    return Numbers.in(floats(from, type.floats(count)), type);
  }

  /** A row-major array that is a view of a part of the arena. */
  public INDArray array(long from, long... shape) {
    return Nd4j.create(memory.data(), shape, Nd4j.getStrides(shape, 'c'), from, 'c');
  }

  @Override
  public void close() {
    memory.close();
  }
}
