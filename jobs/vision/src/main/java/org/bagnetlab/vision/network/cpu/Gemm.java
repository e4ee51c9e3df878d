package org.bagnetlab.vision.network.cpu;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;

/** Products of row-major matrices, each on the calling thread alone. */
final class Gemm {

  private Gemm() {}

  /** C[m, n] = A[m, k] B[n, k]' + beta C. */
  static void timesTransposed(
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

  /** C[m, n] = A[m, k] B[k, n] + beta C. */
  static void times(
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
          CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
    }
  }

  /** C[m, n] = A[k, m]' B[k, n] + beta C. */
  static void transposedTimes(
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
          CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
    }
  }

  /** The rest of a matrix from a place on. */
  static FloatBuffer from(FloatBuffer matrix, int offset) {
    return matrix.duplicate().position(matrix.position() + offset);
  }
}
