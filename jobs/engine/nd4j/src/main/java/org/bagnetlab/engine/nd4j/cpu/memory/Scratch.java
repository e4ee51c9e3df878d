package org.bagnetlab.engine.nd4j.cpu.memory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;

/** Native memory that single operations use exclusively as long as their program exists. */
public final class Scratch implements AutoCloseable {

  private final List<Arena> arenas = new ArrayList<>();
  private long size;

  /** Allocates memory with undefined content. */
  public FloatBuffer floats(long count) {
    Arena arena = new Arena(count);
    arenas.add(arena);
    size += count;
    return arena.floats(0, count);
  }

  /** Allocates a matrix of a type, with undefined content. */
  public Matrix matrix(int rows, int columns, NumberType type) {
    long count = (long) rows * columns;
    return Matrix.of(Numbers.in(floats(type.floats(count)), type), rows, columns);
  }

  /** Allocates a float32 matrix with undefined content. */
  public Matrix matrix(int rows, int columns) {
    return matrix(rows, columns, NumberType.FLOAT32);
  }

  /** The total number of floats allocated. */
  long size() {
    return size;
  }

  @Override
  public void close() {
    arenas.forEach(Arena::close);
  }
}
