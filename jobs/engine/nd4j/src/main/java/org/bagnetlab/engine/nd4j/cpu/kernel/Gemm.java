package org.bagnetlab.engine.nd4j.cpu.kernel;

import org.bagnetlab.engine.nd4j.cpu.onednn.Products;

/** Matrix products by oneDNN, each computed by the calling thread alone. */
public final class Gemm {

  private Gemm() {}

  /** Computes C = A B + beta C. */
  public static void times(Matrix a, Matrix b, float beta, Matrix c) {
    multiply(a.factor(false), b.factor(false), a.columns(), beta, c);
  }

  /** Computes C = A B'. */
  public static void timesTransposed(Matrix a, Matrix b, Matrix c) {
    multiply(a.factor(false), b.factor(true), a.columns(), 0, c);
  }

  /** Computes C = A' B + beta C. */
  public static void transposedTimes(Matrix a, Matrix b, float beta, Matrix c) {
    multiply(a.factor(true), b.factor(false), a.rows(), beta, c);
  }

  private static void multiply(
      Products.Factor a, Products.Factor b, int depth, float beta, Matrix c) {
    if (c.rows() > 0 && c.columns() > 0) {
      Products.multiply(c.rows(), c.columns(), depth, a, b, beta, c.factor(false));
    }
  }
}
