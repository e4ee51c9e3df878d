package org.bagnetlab.vision.network.cpu;

/**
 * The arithmetic between convolutions, over values on the heap. Arrays of coefficients and sums
 * have a length that divides the place of equal channels: their value i belongs to values i, i +
 * length, i + 2 length and so on.
 */
interface Loops {

  /** x = a x + b. */
  void scale(float[] x, int length, float[] a, float[] b);

  /** x = max(0, a x + b). */
  void scaleAndCut(float[] x, int length, float[] a, float[] b);

  /** x = x + y. */
  void add(float[] x, float[] y, int length);

  /** x = max(0, x + y). */
  void addAndCut(float[] x, float[] y, int length);

  /** x = max(0, x). */
  void cut(float[] x, int length);

  /** The gradient of a ReLU: g = 0 where its output y is not positive. */
  void mask(float[] g, float[] y, int length);

  /** z = a g + b z + k. */
  void combine(float[] z, float[] g, int length, float[] a, float[] b, float[] k);

  /** Adds x - center to the sums, and its square to the squares. */
  void addDeviations(float[] x, int length, float[] center, float[] sums, float[] squares);

  /** Adds g to the sums, and g (z - center) to the products. */
  void addProducts(
      float[] g, float[] z, int length, float[] center, float[] sums, float[] products);

  /** first = decay first + (1 - decay) g; w = w - rate first. The decay of SGD takes g whole. */
  void sgd(float[] w, float[] g, float[] velocity, int length, float momentum, float rate);

  /**
   * One step of Adam: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g g, w = w - rate m / (sqrt(v) c +
   * epsilon), where rate and c correct the bias of m and v.
   */
  void adam(
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      int length,
      float beta1,
      float beta2,
      float rate,
      float correction,
      float epsilon);
}
