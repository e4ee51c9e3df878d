package org.bagnetlab.engine.nd4j.cpu.kernel;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Plain Java loops that run on any JDK; the JIT compiler vectorises some of them. */
final class PlainLoops implements Loops {

  @Override
  public void scale(float[] x, int length, float[] a, float[] b) {
    for (int at = 0; at < length; at += a.length) {
      int count = Math.min(a.length, length - at);
      for (int i = 0; i < count; i++) {
        x[at + i] = a[i] * x[at + i] + b[i];
      }
    }
  }

  @Override
  public void scaleAndRelu(float[] x, int length, float[] a, float[] b) {
    scale(x, length, a, b);
    relu(x, length);
  }

  @Override
  public void add(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      x[i] += y[i];
    }
  }

  @Override
  public void addAndRelu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      x[i] = Math.max(0, x[i] + y[i]);
    }
  }

  @Override
  public void relu(float[] x, int length) {
    for (int i = 0; i < length; i++) {
      x[i] = Math.max(0, x[i]);
    }
  }

  @Override
  public void mask(float[] g, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      g[i] = y[i] > 0 ? g[i] : 0;
    }
  }

  @Override
  public void combine(float[] z, float[] g, int length, float[] a, float[] b, float[] k) {
    for (int at = 0; at < length; at += a.length) {
      int count = Math.min(a.length, length - at);
      for (int i = 0; i < count; i++) {
        z[at + i] = a[i] * g[at + i] + b[i] * z[at + i] + k[i];
      }
    }
  }

  @Override
  public void addDeviations(float[] x, int length, float[] center, float[] sums, float[] squares) {
    for (int at = 0; at < length; at += sums.length) {
      int count = Math.min(sums.length, length - at);
      for (int i = 0; i < count; i++) {
        float deviation = x[at + i] - center[i];
        sums[i] += deviation;
        squares[i] += deviation * deviation;
      }
    }
  }

  @Override
  public void addProducts(
      float[] g, float[] z, int length, float[] center, float[] sums, float[] products) {
    for (int at = 0; at < length; at += sums.length) {
      int count = Math.min(sums.length, length - at);
      for (int i = 0; i < count; i++) {
        float gradient = g[at + i];
        sums[i] += gradient;
        products[i] += gradient * (z[at + i] - center[i]);
      }
    }
  }

  @Override
  public void multiply(float[] x, int length, float[] factors) {
    for (int at = 0; at < length; at += factors.length) {
      int count = Math.min(factors.length, length - at);
      for (int i = 0; i < count; i++) {
        x[at + i] *= factors[i];
      }
    }
  }

  @Override
  public void multiplyRows(float[] x, int rows, int channels, float[] factors, int at) {
    for (int row = 0; row < rows; row++) {
      float factor = factors[at + row];
      for (int i = row * channels; i < (row + 1) * channels; i++) {
        x[i] *= factor;
      }
    }
  }

  @Override
  public void addInnerProducts(
      float[] x, float[] y, int rows, int channels, float[] results, int at) {
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int i = row * channels; i < (row + 1) * channels; i++) {
        sum += x[i] * y[i];
      }
      results[at + row] += sum;
    }
  }

  @Override
  public void keepLarger(
      float[] best, float[] places, int at, float[] x, int from, int count, float place) {
    for (int i = 0; i < count; i++) {
      if (x[from + i] > best[at + i]) {
        best[at + i] = x[from + i];
        places[at + i] = place;
      }
    }
  }

  @Override
  public float sum(float[] x, int from, int count) {
    float sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  public float largest(float[] x, int from, int count) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  @Override
  public void enterTiles(float[] x, int tiles, int channels, float[] result, int pitch) {
    int row = (2 * tiles + 2) * channels;
    float[] d = new float[16];
    for (int i = 0; i < tiles * channels; i++) {
      int from = i + i / channels * channels;
      for (int place = 0; place < 16; place++) {
        d[place] = x[from + place / 4 * row + place % 4 * channels];
      }
      for (int column = 0; column < 4; column++) {
        enter(d, column, 4);
      }
      for (int line = 0; line < 16; line += 4) {
        enter(d, line, 1);
      }
      for (int place = 0; place < 16; place++) {
        result[place * pitch + i] = d[place];
      }
    }
  }

  private static void enter(float[] d, int at, int step) {
    float first = d[at];
    float second = d[at + step];
    float third = d[at + 2 * step];
    d[at] = first - third;
    d[at + step] = second + third;
    d[at + 2 * step] = third - second;
    d[at + 3 * step] = second - d[at + 3 * step];
  }

  @Override
  public void leaveTiles(float[] x, int tiles, int channels, int pitch, float[] result) {
    int row = 2 * tiles * channels;
    float[] upper = new float[4];
    float[] lower = new float[4];
    for (int i = 0; i < tiles * channels; i++) {
      for (int column = 0; column < 4; column++) {
        float first = x[column * pitch + i];
        float second = x[(4 + column) * pitch + i];
        float third = x[(8 + column) * pitch + i];
        upper[column] = first + second + third;
        lower[column] = second - third - x[(12 + column) * pitch + i];
      }
      int to = i + i / channels * channels;
      result[to] = upper[0] + upper[1] + upper[2];
      result[to + channels] = upper[1] - upper[2] - upper[3];
      result[to + row] = lower[0] + lower[1] + lower[2];
      result[to + row + channels] = lower[1] - lower[2] - lower[3];
    }
  }

  @Override
  public void widen(MemorySegment memory, int at, float[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      x[from + i] = Bfloat16Numbers.widened(memory.getAtIndex(JAVA_SHORT_UNALIGNED, at + i));
    }
  }

  @Override
  public void round(float[] x, int from, int count, MemorySegment memory, int at) {
    for (int i = 0; i < count; i++) {
      memory.setAtIndex(JAVA_SHORT_UNALIGNED, at + i, Bfloat16Numbers.rounded(x[from + i]));
    }
  }

  @Override
  public void mask(MemorySegment g, MemorySegment y, int length) {
    for (int i = 0; i < length; i++) {
      short value = y.getAtIndex(JAVA_SHORT_UNALIGNED, i);
      if (value <= 0 || value > Bfloat16Numbers.INFINITY) {
        g.setAtIndex(JAVA_SHORT_UNALIGNED, i, (short) 0);
      }
    }
  }

  @Override
  public void scaleAndDecay(float[] g, float[] w, int length, float scale, float decay) {
    for (int i = 0; i < length; i++) {
      g[i] = scale * g[i] + decay * w[i];
    }
  }

  @Override
  public void sgd(float[] w, float[] g, float[] velocity, int length, float momentum, float rate) {
    for (int i = 0; i < length; i++) {
      velocity[i] = momentum * velocity[i] + g[i];
      w[i] -= rate * velocity[i];
    }
  }

  @Override
  public void nesterov(
      float[] w, float[] g, float[] velocity, int length, float momentum, float rate) {
    for (int i = 0; i < length; i++) {
      velocity[i] = momentum * velocity[i] + g[i];
      w[i] -= rate * (g[i] + momentum * velocity[i]);
    }
  }

  @Override
  public void adam(
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
      float epsilon) {
    for (int i = 0; i < length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      w[i] = keep * w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) * correction + epsilon);
    }
  }
}
