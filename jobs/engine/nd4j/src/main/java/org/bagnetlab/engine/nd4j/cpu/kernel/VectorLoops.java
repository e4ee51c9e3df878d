package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops with the JDK's Vector API, an incubator module: only this class needs the module, both at
 * compile time and at run time. Tiles whose channels do not fill whole vectors are handled by
 * {@link PlainLoops}.
 */
final class VectorLoops implements Loops {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Integer> BITS = S.withLanes(int.class);

  /** As many lanes of half the size. */
  private static final VectorSpecies<Short> HALVES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(S.vectorBitSize() / 2));

  private static final VectorSpecies<Short> SHORTS = S.withLanes(short.class);

  private final Loops rest = new PlainLoops();

  @Override
  public String toString() {
    return S.vectorBitSize() + " bits";
  }

  /**
   * The sum of all lanes, computed by repeatedly adding halves. The order of {@code
   * reduceLanes(ADD)} is not specified: the interpreter and the JIT compiler use different orders,
   * so a resumed training would not compute the same bits.
   */
  private static float sum(FloatVector lanes) {
    FloatVector sums = lanes;
    for (int half = S.length() / 2; half > 0; half /= 2) {
      sums = sums.add(sums.rearrange(VectorShuffle.iota(S, half, 1, true)));
    }
    return sums.lane(0);
  }

  private static FloatVector at(float[] values, int index) {
    return FloatVector.fromArray(S, values, index);
  }

  @Override
  public void scale(float[] x, int length, float[] a, float[] b) {
    for (int at = 0; at < length; at += a.length) {
      int count = Math.min(a.length, length - at);
      int i = 0;
      for (; i + S.length() <= count; i += S.length()) {
        at(x, at + i).mul(at(a, i)).add(at(b, i)).intoArray(x, at + i);
      }
      for (; i < count; i++) {
        x[at + i] = a[i] * x[at + i] + b[i];
      }
    }
  }

  @Override
  public void scaleAndRelu(float[] x, int length, float[] a, float[] b) {
    for (int at = 0; at < length; at += a.length) {
      int count = Math.min(a.length, length - at);
      int i = 0;
      for (; i + S.length() <= count; i += S.length()) {
        at(x, at + i).mul(at(a, i)).add(at(b, i)).max(0).intoArray(x, at + i);
      }
      for (; i < count; i++) {
        x[at + i] = Math.max(0, a[i] * x[at + i] + b[i]);
      }
    }
  }

  @Override
  public void add(float[] x, float[] y, int length) {
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      at(x, i).add(at(y, i)).intoArray(x, i);
    }
    for (; i < length; i++) {
      x[i] += y[i];
    }
  }

  @Override
  public void addAndRelu(float[] x, float[] y, int length) {
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      at(x, i).add(at(y, i)).max(0).intoArray(x, i);
    }
    for (; i < length; i++) {
      x[i] = Math.max(0, x[i] + y[i]);
    }
  }

  @Override
  public void relu(float[] x, int length) {
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      at(x, i).max(0).intoArray(x, i);
    }
    for (; i < length; i++) {
      x[i] = Math.max(0, x[i]);
    }
  }

  @Override
  public void mask(float[] g, float[] y, int length) {
    int i = 0;
    FloatVector zero = FloatVector.zero(S);
    for (; i + S.length() <= length; i += S.length()) {
      zero.blend(at(g, i), at(y, i).compare(VectorOperators.GT, 0)).intoArray(g, i);
    }
    for (; i < length; i++) {
      g[i] = y[i] > 0 ? g[i] : 0;
    }
  }

  @Override
  public void combine(float[] z, float[] g, int length, float[] a, float[] b, float[] k) {
    for (int at = 0; at < length; at += a.length) {
      int count = Math.min(a.length, length - at);
      int i = 0;
      for (; i + S.length() <= count; i += S.length()) {
        at(a, i)
            .mul(at(g, at + i))
            .add(at(b, i).mul(at(z, at + i)))
            .add(at(k, i))
            .intoArray(z, at + i);
      }
      for (; i < count; i++) {
        z[at + i] = a[i] * g[at + i] + b[i] * z[at + i] + k[i];
      }
    }
  }

  /**
   * Processes one vector of sums at a time, which stays in a register while all values are added.
   */
  @Override
  public void addDeviations(float[] x, int length, float[] center, float[] sums, float[] squares) {
    int period = sums.length;
    int i = 0;
    for (; i + S.length() <= period; i += S.length()) {
      FloatVector middle = at(center, i);
      FloatVector sum = at(sums, i);
      FloatVector square = at(squares, i);
      int at = i;
      for (; at + S.length() <= length; at += period) {
        FloatVector deviation = at(x, at).sub(middle);
        sum = sum.add(deviation);
        square = square.add(deviation.mul(deviation));
      }
      sum.intoArray(sums, i);
      square.intoArray(squares, i);
      for (; at < length; at += period) {
        addDeviation(x, at, Math.min(at + S.length(), length), i, center, sums, squares);
      }
    }
    for (int at = i; at < length && i < period; at += period) {
      addDeviation(x, at, Math.min(at + period - i, length), i, center, sums, squares);
    }
  }

  private static void addDeviation(
      float[] x, int from, int to, int i, float[] center, float[] sums, float[] squares) {
    for (int at = from; at < to; at++) {
      float deviation = x[at] - center[i + at - from];
      sums[i + at - from] += deviation;
      squares[i + at - from] += deviation * deviation;
    }
  }

  @Override
  public void addProducts(
      float[] g, float[] z, int length, float[] center, float[] sums, float[] products) {
    int period = sums.length;
    int i = 0;
    for (; i + S.length() <= period; i += S.length()) {
      FloatVector middle = at(center, i);
      FloatVector sum = at(sums, i);
      FloatVector product = at(products, i);
      int at = i;
      for (; at + S.length() <= length; at += period) {
        FloatVector gradient = at(g, at);
        sum = sum.add(gradient);
        product = product.add(gradient.mul(at(z, at).sub(middle)));
      }
      sum.intoArray(sums, i);
      product.intoArray(products, i);
      for (; at < length; at += period) {
        addProduct(g, z, at, Math.min(at + S.length(), length), i, center, sums, products);
      }
    }
    for (int at = i; at < length && i < period; at += period) {
      addProduct(g, z, at, Math.min(at + period - i, length), i, center, sums, products);
    }
  }

  private static void addProduct(
      float[] g,
      float[] z,
      int from,
      int to,
      int i,
      float[] center,
      float[] sums,
      float[] products) {
    for (int at = from; at < to; at++) {
      sums[i + at - from] += g[at];
      products[i + at - from] += g[at] * (z[at] - center[i + at - from]);
    }
  }

  @Override
  public void multiply(float[] x, int length, float[] factors) {
    for (int at = 0; at < length; at += factors.length) {
      int count = Math.min(factors.length, length - at);
      int i = 0;
      for (; i + S.length() <= count; i += S.length()) {
        at(x, at + i).mul(at(factors, i)).intoArray(x, at + i);
      }
      for (; i < count; i++) {
        x[at + i] *= factors[i];
      }
    }
  }

  @Override
  public void multiplyRows(float[] x, int rows, int channels, float[] factors, int at) {
    for (int row = 0; row < rows; row++) {
      float factor = factors[at + row];
      int i = row * channels;
      int end = i + channels;
      for (; i + S.length() <= end; i += S.length()) {
        at(x, i).mul(factor).intoArray(x, i);
      }
      for (; i < end; i++) {
        x[i] *= factor;
      }
    }
  }

  @Override
  public void addInnerProducts(
      float[] x, float[] y, int rows, int channels, float[] results, int at) {
    for (int row = 0; row < rows; row++) {
      int i = row * channels;
      int end = i + channels;
      FloatVector sums = FloatVector.zero(S);
      for (; i + S.length() <= end; i += S.length()) {
        sums = sums.add(at(x, i).mul(at(y, i)));
      }
      float sum = sum(sums);
      for (; i < end; i++) {
        sum += x[i] * y[i];
      }
      results[at + row] += sum;
    }
  }

  @Override
  public void keepLarger(
      float[] best, float[] places, int at, float[] x, int from, int count, float place) {
    int i = 0;
    for (; i + S.length() <= count; i += S.length()) {
      FloatVector value = at(x, from + i);
      FloatVector before = at(best, at + i);
      VectorMask<Float> larger = value.compare(VectorOperators.GT, before);
      before.blend(value, larger).intoArray(best, at + i);
      at(places, at + i).blend(place, larger).intoArray(places, at + i);
    }
    for (; i < count; i++) {
      if (x[from + i] > best[at + i]) {
        best[at + i] = x[from + i];
        places[at + i] = place;
      }
    }
  }

  @Override
  public float sum(float[] x, int from, int count) {
    int i = from;
    FloatVector sums = FloatVector.zero(S);
    for (; i + S.length() <= from + count; i += S.length()) {
      sums = sums.add(at(x, i));
    }
    float sum = sum(sums);
    for (; i < from + count; i++) {
      sum += x[i];
    }
    return sum;
  }

  @Override
  public float largest(float[] x, int from, int count) {
    int i = from;
    FloatVector most = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    for (; i + S.length() <= from + count; i += S.length()) {
      most = most.max(at(x, i));
    }
    float largest = most.reduceLanes(VectorOperators.MAX);
    for (; i < from + count; i++) {
      largest = Math.max(largest, x[i]);
    }
    return largest;
  }

  @Override
  public void enterTiles(float[] x, int tiles, int channels, float[] result, int pitch) {
    if (channels % S.length() != 0) {
      rest.enterTiles(x, tiles, channels, result, pitch);
      return;
    }
    int row = (2 * tiles + 2) * channels;
    enterRow(x, 0, 2 * row, false, tiles, channels, result, 0, pitch);
    enterRow(x, row, 2 * row, true, tiles, channels, result, 4 * pitch, pitch);
    enterRow(x, 2 * row, row, false, tiles, channels, result, 8 * pitch, pitch);
    enterRow(x, row, 3 * row, false, tiles, channels, result, 12 * pitch, pitch);
  }

  /**
   * Transforms one row of all tiles: sums or differences of two rows, then of two columns. The
   * method is short enough for the JIT compiler to keep all values in registers.
   */
  private static void enterRow(
      float[] x,
      int a,
      int b,
      boolean sum,
      int tiles,
      int channels,
      float[] result,
      int to,
      int pitch) {
    for (int i = 0; i < tiles * channels; i += S.length()) {
      int from = i + i / channels * channels;
      FloatVector first = both(x, a + from, b + from, sum);
      from += channels;
      FloatVector second = both(x, a + from, b + from, sum);
      from += channels;
      FloatVector third = both(x, a + from, b + from, sum);
      from += channels;
      FloatVector fourth = both(x, a + from, b + from, sum);
      first.sub(third).intoArray(result, to + i);
      second.add(third).intoArray(result, to + i + pitch);
      third.sub(second).intoArray(result, to + i + 2 * pitch);
      second.sub(fourth).intoArray(result, to + i + 3 * pitch);
    }
  }

  private static FloatVector both(float[] x, int a, int b, boolean sum) {
    return sum ? at(x, a).add(at(x, b)) : at(x, a).sub(at(x, b));
  }

  @Override
  public void leaveTiles(float[] x, int tiles, int channels, int pitch, float[] result) {
    if (channels % S.length() != 0) {
      rest.leaveTiles(x, tiles, channels, pitch, result);
      return;
    }
    for (int i = 0; i < tiles * channels; i += S.length()) {
      int to = i + i / channels * channels;
      leaveUpper(x, i, pitch, result, to, channels);
      leaveLower(x, i, pitch, result, to + 2 * tiles * channels, channels);
    }
  }

  private static void leaveUpper(
      float[] x, int at, int pitch, float[] result, int to, int channels) {
    FloatVector first = upper(x, at, pitch);
    FloatVector second = upper(x, at + pitch, pitch);
    FloatVector third = upper(x, at + 2 * pitch, pitch);
    FloatVector fourth = upper(x, at + 3 * pitch, pitch);
    first.add(second).add(third).intoArray(result, to);
    second.sub(third).sub(fourth).intoArray(result, to + channels);
  }

  private static void leaveLower(
      float[] x, int at, int pitch, float[] result, int to, int channels) {
    FloatVector first = lower(x, at, pitch);
    FloatVector second = lower(x, at + pitch, pitch);
    FloatVector third = lower(x, at + 2 * pitch, pitch);
    FloatVector fourth = lower(x, at + 3 * pitch, pitch);
    first.add(second).add(third).intoArray(result, to);
    second.sub(third).sub(fourth).intoArray(result, to + channels);
  }

  private static FloatVector upper(float[] x, int at, int pitch) {
    return at(x, at).add(at(x, at + 4 * pitch)).add(at(x, at + 8 * pitch));
  }

  private static FloatVector lower(float[] x, int at, int pitch) {
    return at(x, at + 4 * pitch).sub(at(x, at + 8 * pitch)).sub(at(x, at + 12 * pitch));
  }

  @Override
  public void widen(MemorySegment memory, int at, float[] x, int from, int count) {
    int i = 0;
    for (; i + S.length() <= count; i += S.length()) {
      ShortVector.fromMemorySegment(HALVES, memory, 2L * (at + i), ByteOrder.nativeOrder())
          .convertShape(VectorOperators.ZERO_EXTEND_S2I, BITS, 0)
          .reinterpretAsInts()
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(x, from + i);
    }
    rest.widen(memory, at + i, x, from + i, count - i);
  }

  @Override
  public void round(float[] x, int from, int count, MemorySegment memory, int at) {
    int i = 0;
    for (; i + S.length() <= count; i += S.length()) {
      FloatVector value = at(x, from + i);
      IntVector bits = value.reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      bits.add(odd)
          .add(Bfloat16Numbers.NEARLY_HALF)
          .blend(bits.or(Bfloat16Numbers.QUIET), value.test(VectorOperators.IS_NAN).cast(BITS))
          .lanewise(VectorOperators.LSHR, 16)
          .convertShape(VectorOperators.I2S, HALVES, 0)
          .reinterpretAsShorts()
          .intoMemorySegment(memory, 2L * (at + i), ByteOrder.nativeOrder());
    }
    rest.round(x, from + i, count - i, memory, at + i);
  }

  @Override
  public void mask(MemorySegment g, MemorySegment y, int length) {
    int i = 0;
    ByteOrder order = ByteOrder.nativeOrder();
    ShortVector zero = ShortVector.zero(SHORTS);
    for (; i + SHORTS.length() <= length; i += SHORTS.length()) {
      ShortVector value = ShortVector.fromMemorySegment(SHORTS, y, 2L * i, order);
      VectorMask<Short> positive =
          value
              .compare(VectorOperators.GT, (short) 0)
              .and(value.compare(VectorOperators.LE, Bfloat16Numbers.INFINITY));
      zero.blend(ShortVector.fromMemorySegment(SHORTS, g, 2L * i, order), positive)
          .intoMemorySegment(g, 2L * i, order);
    }
    rest.mask(g.asSlice(2L * i), y.asSlice(2L * i), length - i);
  }

  @Override
  public void scaleAndDecay(float[] g, float[] w, int length, float scale, float decay) {
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      at(g, i).mul(scale).add(at(w, i).mul(decay)).intoArray(g, i);
    }
    for (; i < length; i++) {
      g[i] = scale * g[i] + decay * w[i];
    }
  }

  @Override
  public void sgd(float[] w, float[] g, float[] velocity, int length, float momentum, float rate) {
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      FloatVector next = at(velocity, i).mul(momentum).add(at(g, i));
      next.intoArray(velocity, i);
      at(w, i).sub(next.mul(rate)).intoArray(w, i);
    }
    for (; i < length; i++) {
      velocity[i] = momentum * velocity[i] + g[i];
      w[i] -= rate * velocity[i];
    }
  }

  @Override
  public void nesterov(
      float[] w, float[] g, float[] velocity, int length, float momentum, float rate) {
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      FloatVector gradient = at(g, i);
      FloatVector next = at(velocity, i).mul(momentum).add(gradient);
      next.intoArray(velocity, i);
      at(w, i).sub(gradient.add(next.mul(momentum)).mul(rate)).intoArray(w, i);
    }
    for (; i < length; i++) {
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
    int i = 0;
    for (; i + S.length() <= length; i += S.length()) {
      FloatVector gradient = at(g, i);
      FloatVector first = at(m, i).mul(beta1).add(gradient.mul(1 - beta1));
      FloatVector second = at(v, i).mul(beta2).add(gradient.mul(1 - beta2).mul(gradient));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector step = first.mul(rate).div(second.sqrt().mul(correction).add(epsilon));
      at(w, i).mul(keep).sub(step).intoArray(w, i);
    }
    for (; i < length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      w[i] = keep * w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) * correction + epsilon);
    }
  }
}
