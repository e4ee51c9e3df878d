package org.bagnetlab.vision.network.cpu;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The pieces in which a product with weights is computed. OpenBLAS copies the matrices of a large
 * product into its own order first, which pays if each copy is used by many rows. For processors
 * with AVX-512 it also has kernels that multiply small matrices as they lie; they are faster than
 * its large products if the weights are in order already, and as fast for few rows as for many.
 *
 * @param values the most that the product of a piece's three sides may be
 * @param columns the most columns, outputs of a convolution
 * @param depth the most values that are added up at a time
 * @param cached values of a result that are still in a near cache when they have been computed
 */
record Blocking(int values, int columns, int depth, int cached) {

  /** Few large products, for kernels that order their matrices themselves. */
  static final Blocking LARGE = new Blocking(Integer.MAX_VALUE, 512, Integer.MAX_VALUE, 1 << 18);

  /** Just below 100 x 100 x 100, up to where OpenBLAS takes its kernels for small matrices. */
  static final Blocking SMALL = new Blocking(1_000_000, 64, 448, 1 << 15);

  /** Lengths of pieces are multiples of it, a vector of the widest kind. */
  private static final int STEP = 16;

  /** Choices of OpenBLAS's kernels that have those for small matrices. */
  private static final Set<String> WIDE = Set.of("SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");

  /** The better one with the kernels that this process's environment tells OpenBLAS to take. */
  static Blocking of(Map<String, String> environment) {
    String kernels = environment.getOrDefault("OPENBLAS_CORETYPE", "");
    return WIDE.contains(kernels.toUpperCase(Locale.ROOT)) ? SMALL : LARGE;
  }

  /** Columns of a piece of a matrix with so many. */
  int columnsOf(int all) {
    return Math.min(columns, all);
  }

  /** Depth of a piece of a product of such depth; all are about equally deep. */
  int depthOf(int all) {
    int parts = (int) (((long) all + depth - 1) / depth);
    int even = (all + parts - 1) / parts;
    return Math.min(all, (even + STEP - 1) / STEP * STEP);
  }

  /** Rows of a piece with so many columns and such depth. */
  int rows(int ofColumns, int ofDepth) {
    return (int) Math.max(STEP, values / ((long) ofColumns * ofDepth) / STEP * STEP);
  }

  @Override
  public String toString() {
    return this.equals(SMALL) ? "small matrix products" : "large matrix products";
  }
}
