package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The block sizes of matrix products. For a large product, OpenBLAS first copies the matrices into
 * its own layout, which pays off if each copy is used for many rows. For CPUs with AVX-512 it also
 * has kernels that multiply small matrices in place. These kernels are faster than those for large
 * products, and equally fast for few and many rows.
 */
public enum Blocking {

  /**
   * Whole products, for kernels that copy matrices into their own layout. Only the outputs are
   * divided into panels, so that the members of a crew can share the work.
   */
  LARGE(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 256, 1 << 18),

  /**
   * At most 100 x 100 x 100, the limit up to which OpenBLAS uses its kernels for small matrices.
   * Pieces of 48 x 64 x 320 were the fastest of nine sizes measured, by a few per cent.
   */
  SMALL(1_000_000, 64, 320, 64, 1 << 15);

  /** Lengths of pieces are multiples of this number, which is the length of the widest vectors. */
  private static final int STEP = 16;

  /**
   * Approximate minimum number of rows per product. With far fewer rows, most of the time would be
   * spent reading the weights.
   */
  private static final int FEW_ROWS = 64;

  /** The CPU types for which OpenBLAS has kernels for small matrices. */
  private static final Set<String> WIDE = Set.of("SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");

  private final long values;
  private final int columns;
  private final int depth;
  private final int panel;
  private final int cached;

  /**
   * Creates a blocking.
   *
   * @param values maximum product of a piece's three sides
   * @param columns maximum columns of a piece
   * @param depth maximum depth of a piece
   * @param panel maximum number of outputs whose weights are stored together
   * @param cached number of values of a result that stay in a cache after they are computed
   */
  Blocking(long values, int columns, int depth, int panel, int cached) {
    this.values = values;
    this.columns = columns;
    this.depth = depth;
    this.panel = panel;
    this.cached = cached;
  }

  /** The block sizes for the OpenBLAS kernels selected by a process's environment. */
  static Blocking of(Map<String, String> environment) {
    String kernels = environment.getOrDefault("OPENBLAS_CORETYPE", "");
    return WIDE.contains(kernels.toUpperCase(Locale.ROOT)) ? SMALL : LARGE;
  }

  /** A description for logs. */
  String words() {
    return this == SMALL ? "in pieces, with kernels for small ones" : "whole";
  }

  /** The number of columns of a piece, given that of the product. */
  int columns(int all) {
    return Math.min(columns, all);
  }

  /** The depth of a piece, given that of the product; all pieces have about the same depth. */
  public int depth(int all) {
    int parts = (int) (((long) all + depth - 1) / depth);
    return Math.max(1, wholeSteps(all, Math.max(1, parts)));
  }

  private static int wholeSteps(int all, int parts) {
    int even = (all + parts - 1) / parts;
    return Math.min(all, (even + STEP - 1) / STEP * STEP);
  }

  /** The number of rows of a piece with this number of columns and this depth. */
  public int rows(int columns, int depth) {
    long most = values / Math.max(1, (long) columns * depth) / STEP * STEP;
    return (int) Math.max(STEP, Math.min(most, Integer.MAX_VALUE));
  }

  /** The number of outputs whose weights are stored together. */
  public int panel(int outputs) {
    int panels = (outputs + panel - 1) / panel;
    return wholeSteps(outputs, panels);
  }

  /**
   * The number of rows of a result to compute, in whole pieces, before they are processed further:
   * few enough to stay in a cache, unless that would be far below 64.
   *
   * @param outputs columns of the result
   * @param rows rows of a piece
   */
  public int cachedRows(int outputs, int rows) {
    int most = Math.max(FEW_ROWS, cached / outputs);
    return rows <= most ? most / rows * rows : most;
  }
}
