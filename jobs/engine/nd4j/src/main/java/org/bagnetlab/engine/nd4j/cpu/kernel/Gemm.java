package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;

/**
 * Products of row-major matrices by OpenBLAS, each on the calling thread alone. A matrix starts at
 * its buffer's position. Blocked products move the position, so no other thread may use the same
 * buffer.
 */
public final class Gemm {

  private final Blocking blocking;

  Gemm(Blocking blocking) {
    this.blocking = blocking;
  }

  /** The sizes of the pieces in which it multiplies. */
  public Blocking blocking() {
    return blocking;
  }

  /**
   * Computes C[m, n] = A[m, k] B[n, k]' + beta C at once, since the kernel for small products of
   * this form is not fast.
   */
  public static void timesTransposed(
      int m,
      int n,
      int k,
      FloatBuffer a,
      int lda,
      FloatBuffer b,
      int ldb,
      float beta,
      FloatBuffer c,
      int ldc) {
    if (m > 0 && n > 0) {
      cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
    }
  }

  /** Computes C[m, n] = A[m, k] B[k, n] + beta C in pieces. */
  public void times(
      int m,
      int n,
      int k,
      FloatBuffer a,
      int lda,
      FloatBuffer b,
      int ldb,
      float beta,
      FloatBuffer c,
      int ldc) {
    int columns = blocking.columns(n);
    int depth = blocking.depth(k);
    int rows = blocking.rows(columns, depth);
    int fromA = a.position();
    int fromB = b.position();
    int fromC = c.position();
    for (int i = 0; i < m; i += rows) {
      for (int j = 0; j < n; j += columns) {
        for (int l = 0; l < k; l += depth) {
          a.position(fromA + i * lda + l);
          b.position(fromB + l * ldb + j);
          c.position(fromC + i * ldc + j);
          piece(
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - l),
              a,
              lda,
              b,
              ldb,
              l == 0 ? beta : 1,
              c,
              ldc);
        }
      }
    }
    a.position(fromA);
    b.position(fromB);
    c.position(fromC);
  }

  /** Computes C[m, n] = A[m, k] B[k, n] + beta C at once. */
  public static void piece(
      int m,
      int n,
      int k,
      FloatBuffer a,
      int lda,
      FloatBuffer b,
      int ldb,
      float beta,
      FloatBuffer c,
      int ldc) {
    cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
  }

  /** Computes C[m, n] = A[k, m]' B[k, n] + beta C in pieces. */
  public void transposedTimes(
      int m,
      int n,
      int k,
      FloatBuffer a,
      int lda,
      FloatBuffer b,
      int ldb,
      float beta,
      FloatBuffer c,
      int ldc) {
    int columns = blocking.columns(n);
    int depth = blocking.depth(k);
    int rows = blocking.rows(columns, depth);
    int fromA = a.position();
    int fromB = b.position();
    int fromC = c.position();
    for (int l = 0; l < k; l += depth) {
      for (int i = 0; i < m; i += rows) {
        for (int j = 0; j < n; j += columns) {
          cblas_sgemm(
              CblasRowMajor,
              CblasTrans,
              CblasNoTrans,
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              Math.min(depth, k - l),
              1,
              a.position(fromA + l * lda + i),
              lda,
              b.position(fromB + l * ldb + j),
              ldb,
              l == 0 ? beta : 1,
              c.position(fromC + i * ldc + j),
              ldc);
        }
      }
    }
    a.position(fromA);
    b.position(fromB);
    c.position(fromC);
  }

  /** The rest of a matrix from an offset. */
  public static FloatBuffer from(FloatBuffer matrix, int offset) {
    return matrix.duplicate().position(matrix.position() + offset);
  }
}
