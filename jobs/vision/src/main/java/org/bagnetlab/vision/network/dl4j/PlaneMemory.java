package org.bagnetlab.vision.network.dl4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** The memory of float32 arrays as the kernels see it: [image, channel, plane], row-major. */
final class PlaneMemory {

  private PlaneMemory() {}

  /** The array itself, or a copy if its values do not lie row by row. */
  static INDArray plain(INDArray array) {
    return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array)
        ? array
        : array.dup('c');
  }

  /** A buffer over a plain array's values; no copy, valid while the array lives. */
  static FloatBuffer buffer(INDArray array) {
    return new FloatPointer(array.data().addressPointer()).limit(array.length()).asBuffer();
  }

  /** New memory that native code can reach. */
  static FloatBuffer allocate(int values) {
    return ByteBuffer.allocateDirect(4 * values).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** The rest of a buffer from a place on. */
  static FloatBuffer from(FloatBuffer buffer, int offset) {
    return buffer.duplicate().position(offset);
  }

  /** Does something for each number below {@code count}, on all cores. */
  static void forEach(int count, IntConsumer task) {
    IntStream.range(0, count).parallel().forEach(task);
  }
}
