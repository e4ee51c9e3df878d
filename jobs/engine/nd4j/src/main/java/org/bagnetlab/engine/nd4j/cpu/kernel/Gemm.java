package org.bagnetlab.engine.nd4j.cpu.kernel;

import org.bagnetlab.engine.nd4j.cpu.onednn.Products;

/** Matrix products by oneDNN, each computed by the calling thread alone. */
public final class Gemm {

  private final Blocking blocking;

  Gemm(Blocking blocking) {
    this.blocking = blocking;
  }

  /** The sizes of the pieces into which products are divided. */
  public Blocking blocking() {
    return blocking;
  }

  /**
   * Computes C = A B' in one piece, since OpenBLAS's kernel for small products of this form is not
   * fast.
   */
  public static void timesTransposed(Matrix a, Matrix b, Matrix c) {
    if (c.rows() > 0) {
      multiply(false, true, a.columns(), a, b, 0, c);
    }
  }

  /** Computes C = A B + beta C in pieces. */
  public void times(Matrix a, Matrix b, float beta, Matrix c) {
    int columns = blocking.columns(c.columns());
    int depth = blocking.depth(a.columns());
    int rows = blocking.rows(columns, depth);
    for (int i = 0; i < c.rows(); i += rows) {
      for (int j = 0; j < c.columns(); j += columns) {
        for (int l = 0; l < a.columns(); l += depth) {
          piece(
              a.part(i, l, rows, depth),
              b.part(l, j, depth, columns),
              l == 0 ? beta : 1,
              c.part(i, j, rows, columns));
        }
      }
    }
  }

  /** Computes C = A B + beta C in one piece. */
  public static void piece(Matrix a, Matrix b, float beta, Matrix c) {
    multiply(false, false, a.columns(), a, b, beta, c);
  }

  /** Computes C = A' B + beta C in pieces. */
  public void transposedTimes(Matrix a, Matrix b, float beta, Matrix c) {
    int columns = blocking.columns(c.columns());
    int depth = blocking.depth(a.rows());
    int rows = blocking.rows(columns, depth);
    for (int l = 0; l < a.rows(); l += depth) {
      for (int i = 0; i < c.rows(); i += rows) {
        for (int j = 0; j < c.columns(); j += columns) {
          Matrix left = a.part(l, i, depth, rows);
          multiply(
              true,
              false,
              left.rows(),
              left,
              b.part(l, j, depth, columns),
              l == 0 ? beta : 1,
              c.part(i, j, rows, columns));
        }
      }
    }
  }

  private static void multiply(
      boolean transposedA, boolean transposedB, int depth, Matrix a, Matrix b, float beta, Matrix c) {
    Products.multiply(
        c.rows(),
        c.columns(),
        depth,
        a.factor(transposedA),
        b.factor(transposedB),
        beta,
        c.factor(false));
  }
}
