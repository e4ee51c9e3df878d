package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Products of row-major matrices, each computed by the calling thread alone. Both factors have the
 * same type; the product of float32 matrices is a float32 matrix.
 */
public final class Products {

  private static final MethodHandle SGEMM =
      OneDnn.function(
          "dnnl_sgemm",
          FunctionDescriptor.of(
              JAVA_INT,
              JAVA_BYTE,
              JAVA_BYTE,
              JAVA_LONG,
              JAVA_LONG,
              JAVA_LONG,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_LONG,
              ADDRESS,
              JAVA_LONG,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_LONG));

  private Products() {}

  /** A matrix in native memory, as it is stored or transposed. */
  public record Factor(MemorySegment start, int pitch, boolean transposed, NumberType type) {
    private byte form() {
      return (byte) (transposed ? 'T' : 'N');
    }
  }

  /**
   * Computes C = A B + beta C.
   *
   * @param rows rows of C
   * @param columns columns of C
   * @param depth columns of A, rows of B
   * @param beta 0 or 1 if the factors are bfloat16
   */
  public static void multiply(
      int rows, int columns, int depth, Factor a, Factor b, float beta, Factor c) {
    if (a.type != b.type || (a.type == NumberType.FLOAT32 && c.type != a.type)) {
      throw new IllegalArgumentException("%s times %s is no %s".formatted(a.type, b.type, c.type));
    }
    switch (a.type) {
      case FLOAT32 -> multiplyFloats(rows, columns, depth, a, b, beta, c);
      case BFLOAT16 -> Bfloat16Product.multiply(rows, columns, depth, a, b, beta, c);
    }
  }

  private static void multiplyFloats(
      int rows, int columns, int depth, Factor a, Factor b, float beta, Factor c) {
    OneDnn.useThreads(1);
    try {
      int status =
          (int)
              SGEMM.invokeExact(
                  a.form(),
                  b.form(),
                  (long) rows,
                  (long) columns,
                  (long) depth,
                  1f,
                  a.start,
                  (long) a.pitch,
                  b.start,
                  (long) b.pitch,
                  beta,
                  c.start,
                  (long) c.pitch);
      OneDnn.check("sgemm", status);
    } catch (Throwable e) {
      throw OneDnn.thrown(e);
    }
  }
}
