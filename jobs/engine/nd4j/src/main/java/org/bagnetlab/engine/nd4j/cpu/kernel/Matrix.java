package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.onednn.Products.Factor;

/**
 * A row-major matrix in native memory, or a part of one. It may be shared by threads.
 *
 * @param memory the memory that contains it
 * @param offset index of its first value in the memory
 * @param rows number of rows
 * @param columns number of columns
 * @param pitch number of values from the start of one row to the next
 */
public record Matrix(Numbers memory, int offset, int rows, int columns, int pitch) {

  /** A float32 matrix without gaps at the beginning of a buffer. */
  public static Matrix of(FloatBuffer memory, int rows, int columns) {
    return of(Numbers.in(memory, NumberType.FLOAT32), rows, columns);
  }

  /** A matrix without gaps that begins with the first number. */
  public static Matrix of(Numbers memory, int rows, int columns) {
    return new Matrix(memory, 0, rows, columns, columns);
  }

  /**
   * The part that starts at a row and a column, with at most the given number of rows and columns.
   */
  public Matrix part(int row, int column, int mostRows, int mostColumns) {
    return new Matrix(
        memory,
        offset + row * pitch + column,
        Math.min(mostRows, rows - row),
        Math.min(mostColumns, columns - column),
        pitch);
  }

  public Matrix rows(int from, int count) {
    return part(from, 0, count, columns);
  }

  public Matrix columns(int from, int count) {
    return part(0, from, rows, count);
  }

  /** The matrix as a factor of a product, or as its result. */
  Factor factor(boolean transposed) {
    return new Factor(memory.memory(offset), pitch, transposed, memory.type());
  }
}
