package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Products of row-major matrices of float32 values, each computed by the calling thread alone. */
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
  public record Factor(MemorySegment start, int pitch, boolean transposed) {
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
   */
  public static void multiply(
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
