package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic between convolutions, on arrays of values on the Java heap. The length of arrays
 * of coefficients and sums is a multiple of the number of channels. Element i of such an array
 * belongs to the values i, i + length, i + 2 length and so on.
 */
public interface Loops {

  /** x = a x + b. */
  void scale(float[] x, int length, float[] a, float[] b);

  /** x = max(0, a x + b). */
  void scaleAndRelu(float[] x, int length, float[] a, float[] b);

  /** x = x + y. */
  void add(float[] x, float[] y, int length);

  /** x = max(0, x + y). */
  void addAndRelu(float[] x, float[] y, int length);

  /** x = max(0, x). */
  void relu(float[] x, int length);

  /** The gradient of a ReLU: sets g to 0 where its output y is not positive. */
  void mask(float[] g, float[] y, int length);

  /** z = a g + b z + k. */
  void combine(float[] z, float[] g, int length, float[] a, float[] b, float[] k);

  /** Adds x - center to the sums, and its square to the squares. */
  void addDeviations(float[] x, int length, float[] center, float[] sums, float[] squares);

  /** Adds g to the sums, and g (z - center) to the products. */
  void addProducts(
      float[] g, float[] z, int length, float[] center, float[] sums, float[] products);

  /** x = x * factors, element by element. */
  void multiply(float[] x, int length, float[] factors);

  /**
   * Multiplies each row of {@code channels} values by its own factor; factors start at index {@code
   * at}.
   */
  void multiplyRows(float[] x, int rows, int channels, float[] factors, int at);

  /**
   * Adds the inner product of each pair of rows to its result; results start at index {@code at}.
   */
  void addInnerProducts(float[] x, float[] y, int rows, int channels, float[] results, int at);

  /**
   * Replaces each of the largest values so far, starting at index {@code at}, by the corresponding
   * value of x, starting at index {@code from}, if that is larger, and records its place.
   */
  void keepLarger(
      float[] best, float[] places, int at, float[] x, int from, int count, float place);

  /** The sum of a range of values. */
  float sum(float[] x, int from, int count);

  /** The largest of a range of values. */
  float largest(float[] x, int from, int count);

  /**
   * The input transform of Winograd's convolution F(2x2, 3x3) for adjacent tiles: the transform
   * matrix is applied to both sides of each tile's 4x4 input values.
   *
   * @param x 4 rows of (2 tiles + 2) positions with {@code channels} values each
   * @param result values as [place in the tile, tile, channel]; places are {@code pitch} values
   *     apart
   */
  void enterTiles(float[] x, int tiles, int channels, float[] result, int pitch);

  /**
   * The output transform of the same convolution.
   *
   * @param x values as [place in the tile, tile, channel], in the layout of {@link #enterTiles}
   * @param result 2 rows of (2 tiles) positions with {@code channels} values each
   */
  void leaveTiles(float[] x, int tiles, int channels, int pitch, float[] result);

  /** Reads bfloat16 numbers in memory, from index {@code at} on. */
  void widen(MemorySegment memory, int at, float[] x, int from, int count);

  /** Rounds values to bfloat16 numbers in memory, from index {@code at} on. */
  void round(float[] x, int from, int count, MemorySegment memory, int at);

  /**
   * {@link #mask(float[], float[], int)} for bfloat16 numbers in memory, which need no widening.
   */
  void mask(MemorySegment g, MemorySegment y, int length);

  /** Adds the decay of weights w to their gradient g: g = scale g + decay w. */
  void scaleAndDecay(float[] g, float[] w, int length, float scale, float decay);

  /** One step with momentum: velocity = momentum * velocity + g, w = w - rate * velocity. */
  void sgd(float[] w, float[] g, float[] velocity, int length, float momentum, float rate);

  /**
   * One step with Nesterov's momentum: velocity = momentum * velocity + g, w = w - rate * (g +
   * momentum * velocity).
   */
  void nesterov(float[] w, float[] g, float[] velocity, int length, float momentum, float rate);

  /**
   * One step of Adam: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g g, w = keep w - rate m /
   * (sqrt(v) c + epsilon), where rate and c correct the bias of m and v, and keep is 1 unless
   * weights decay without the moments.
   */
  void adam(
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      int length,
      float beta1,
      float beta2,
      float keep,
      float rate,
      float correction,
      float epsilon);
}
