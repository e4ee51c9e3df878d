package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both versions of the loops compute the same bits, so speed changes no result. */
class LoopsTests {

  private final Loops plain = new PlainLoops();

  /** What the loops change. */
  private static final class Arrays4 {
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private final float[] d;

    Arrays4(int length, int period, long seed) {
      Random random = new Random(seed);
      a = normal(length, random);
      b = normal(length, random);
      c = normal(period, random);
      d = normal(period, random);
    }

    private static float[] normal(int length, Random random) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }
  }

  private interface Use {
    void of(Loops loops, Arrays4 arrays, int length);
  }

  private void same(Use use, int length, int period) throws ReflectiveOperationException {
    Arrays4 expected = new Arrays4(length + 3, period, 7);
    Arrays4 actual = new Arrays4(length + 3, period, 7);
    use.of(plain, expected, length);
    use.of(FastPath.vectorLoops(), actual, length);
    assertThat(actual.a).containsExactly(expected.a);
    assertThat(actual.b).containsExactly(expected.b);
    assertThat(actual.c).containsExactly(expected.c);
    assertThat(actual.d).containsExactly(expected.d);
  }

  /** Lengths and periods that fill vectors, that do not, and that end inside a period. */
  @ParameterizedTest
  @CsvSource({
    "512, 256",
    "510, 255",
    "40, 40",
    "35, 5",
    "300, 7",
    "97, 97",
    "3, 3",
    "1, 1",
    "130, 26"
  })
  void bothVersionsAgree(int length, int period) throws ReflectiveOperationException {
    float[] third = new Arrays4(1, period, 9).c;
    same((loops, x, n) -> loops.scale(x.a, n, x.c, x.d), length, period);
    same((loops, x, n) -> loops.scaleAndRelu(x.a, n, x.c, x.d), length, period);
    same((loops, x, n) -> loops.add(x.a, x.b, n), length, period);
    same((loops, x, n) -> loops.addAndRelu(x.a, x.b, n), length, period);
    same((loops, x, n) -> loops.relu(x.a, n), length, period);
    same((loops, x, n) -> loops.mask(x.a, x.b, n), length, period);
    same((loops, x, n) -> loops.combine(x.a, x.b, n, x.c, x.d, third), length, period);
    same((loops, x, n) -> loops.addDeviations(x.a, n, third, x.c, x.d), length, period);
    same((loops, x, n) -> loops.addProducts(x.a, x.b, n, third, x.c, x.d), length, period);
    same((loops, x, n) -> loops.multiply(x.a, n, x.c), length, period);
    same((loops, x, n) -> loops.multiplyRows(x.a, n / period, period, x.b, 0), length, period);
    same((loops, x, n) -> loops.keepLarger(x.c, x.d, 0, x.a, 2, period, 3), length, period);
    same((loops, x, n) -> loops.scaleAndDecay(x.a, x.b, n, 0.3f, 0.01f), length, period);
    same((loops, x, n) -> loops.sgd(x.a, x.b, x.b, n, 0.9f, 0.1f), length, period);
    float[] gradient = new Arrays4(length, 1, 5).a;
    same((loops, x, n) -> loops.nesterov(x.a, gradient, x.b, n, 0.9f, 0.1f), length, period);
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "3, 64", "2, 112", "5, 32"})
  void bothTransformTilesAlike(int tiles, int channels) throws ReflectiveOperationException {
    int pitch = tiles * channels + 5;
    int length = 16 * pitch;
    same((loops, x, n) -> loops.enterTiles(x.b, tiles, channels, x.a, pitch), length, 1);
    same((loops, x, n) -> loops.leaveTiles(x.b, tiles, channels, pitch, x.a), length, 1);
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 0.99f})
  void bothStepsOfAdamAreTheSame(float keep) throws ReflectiveOperationException {
    float[] zeros = new float[37];
    same(
        (loops, x, n) ->
            loops.adam(
                x.a, x.b, zeros.clone(), zeros.clone(), n, 0.9f, 0.999f, keep, 0.1f, 2, 1e-8f),
        37,
        1);
  }

  /** Their order of additions differs. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 33, 100})
  void sumsAgreeUpToRounding(int channels) throws ReflectiveOperationException {
    Arrays4 x = new Arrays4(3 * channels, 3, 5);
    Loops vector = FastPath.vectorLoops();
    assertThat(vector.sum(x.a, channels, channels))
        .isCloseTo(plain.sum(x.a, channels, channels), within(1e-4f));
    assertThat(vector.largest(x.a, channels, channels))
        .isEqualTo(plain.largest(x.a, channels, channels));
    float[] expected = new float[4];
    float[] actual = new float[4];
    plain.addInnerProducts(x.a, x.b, 3, channels, expected, 1);
    vector.addInnerProducts(x.a, x.b, 3, channels, actual, 1);
    assertThat(actual).containsExactly(expected, within(1e-4f));
  }

  @Test
  void theVectorApiIsThere() throws ReflectiveOperationException {
    assertThat(FastPath.vectorLoops()).isInstanceOf(Loops.class);
  }

  @Test
  void nothingBecomesSomethingThatIsNoNumber() throws ReflectiveOperationException {
    float[] x = new float[37];
    Arrays.fill(x, Float.NaN);
    FastPath.vectorLoops().relu(x, 37);
    assertThat(x).containsOnly(Float.NaN);
  }

  /** In one order, interpreted and compiled: a resumed training computes the same bits. */
  @Test
  @Timeout(60)
  void lanesAreAddedInHalves() throws ReflectiveOperationException {
    Loops loops = FastPath.vectorLoops();
    int lanes = Integer.parseInt(loops.toString().split(" ", -1)[0]) / Float.SIZE;
    float[] x = Arrays4.normal(301, new Random(3));
    float[] y = Arrays4.normal(301, new Random(4));
    float[] products = new float[300];
    for (int i = 0; i < products.length; i++) {
      products[i] = x[i] * y[i];
    }
    for (int call = 0; call < 50_000; call++) {
      assertThat(loops.sum(x, 0, 299)).isEqualTo(sumInHalves(x, 299, lanes));
      float[] product = new float[1];
      loops.addInnerProducts(x, y, 1, 300, product, 0);
      assertThat(product[0]).isEqualTo(sumInHalves(products, 300, lanes));
    }
  }

  private static float sumInHalves(float[] values, int count, int lanes) {
    float[] sums = new float[lanes];
    int i = 0;
    for (; i + lanes <= count; i += lanes) {
      for (int lane = 0; lane < lanes; lane++) {
        sums[lane] += values[i + lane];
      }
    }
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    float sum = sums[0];
    for (; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }
}
