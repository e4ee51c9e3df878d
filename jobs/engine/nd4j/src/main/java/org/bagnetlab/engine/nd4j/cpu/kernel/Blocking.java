package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The block sizes of matrix products. OpenBLAS first copies the matrices of a large product into
 * its own layout, which pays off if each copy is used by many rows. For processors with AVX-512 it
 * also has kernels that multiply small matrices in place. Those are faster than its large products,
 * and as fast for few rows as for many.
 */
public enum Blocking {

  /**
   * Whole products, for kernels that order matrices themselves. Only outputs are cut into panels,
   * so that members can share them.
   */
  LARGE(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 256, 1 << 18),

  /**
   * At most 100 x 100 x 100, up to where OpenBLAS takes its kernels for small matrices. Pieces of
   * 48 x 64 x 320 were the fastest of nine, by some per cent.
   */
  SMALL(1_000_000, 64, 320, 64, 1 << 15);

  /** Lengths of pieces are multiples of it: a vector of the widest kind. */
  private static final int STEP = 16;

  /** With much fewer rows at a time, reading the weights would be what takes the time. */
  private static final int FEW_ROWS = 64;

  /** Choices of OpenBLAS's kernels that have those for small matrices. */
  private static final Set<String> WIDE = Set.of("SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");

  private final long values;
  private final int columns;
  private final int depth;
  private final int panel;
  private final int cached;

  /**
   * Makes one.
   *
   * @param values at most the product of a piece's three sides
   * @param columns of a piece at most
   * @param depth of a piece at most
   * @param panel outputs whose weights lie together at most
   * @param cached values of a result that are still in a cache when they have been computed
   */
  Blocking(long values, int columns, int depth, int panel, int cached) {
    this.values = values;
    this.columns = columns;
    this.depth = depth;
    this.panel = panel;
    this.cached = cached;
  }

  /** The sizes for the OpenBLAS kernels selected by a process's environment. */
  static Blocking of(Map<String, String> environment) {
    String kernels = environment.getOrDefault("OPENBLAS_CORETYPE", "");
    return WIDE.contains(kernels.toUpperCase(Locale.ROOT)) ? SMALL : LARGE;
  }

  /** For people. */
  String words() {
    return this == SMALL ? "in pieces, with kernels for small ones" : "whole";
  }

  /** Columns of a piece of a product with so many. */
  int columns(int all) {
    return Math.min(columns, all);
  }

  /** Depth of a piece of a product so deep; all pieces are about equally deep. */
  public int depth(int all) {
    int parts = (int) (((long) all + depth - 1) / depth);
    return Math.max(1, wholeSteps(all, Math.max(1, parts)));
  }

  private static int wholeSteps(int all, int parts) {
    int even = (all + parts - 1) / parts;
    return Math.min(all, (even + STEP - 1) / STEP * STEP);
  }

  /** Rows of a piece with so many columns and such depth. */
  public int rows(int columns, int depth) {
    long most = values / Math.max(1, (long) columns * depth) / STEP * STEP;
    return (int) Math.max(STEP, Math.min(most, Integer.MAX_VALUE));
  }

  /** Outputs whose weights lie together. */
  public int panel(int outputs) {
    int panels = (outputs + panel - 1) / panel;
    return wholeSteps(outputs, panels);
  }

  /**
   * Rows of a result, whole pieces of them, after which something else is done with them: few
   * enough to be in a cache still, unless that were much fewer than 64.
   *
   * @param outputs its columns
   * @param rows of a piece
   */
  public int cachedRows(int outputs, int rows) {
    int most = Math.max(FEW_ROWS, cached / outputs);
    return rows <= most ? most / rows * rows : most;
  }
}
