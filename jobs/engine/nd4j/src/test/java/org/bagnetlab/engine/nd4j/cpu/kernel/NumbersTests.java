package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NumbersTests {

  private static Numbers numbers(int floats, NumberType type) {
    FloatBuffer memory =
        ByteBuffer.allocateDirect(floats * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return Numbers.in(memory, type);
  }

  private static float written(float value) {
    Numbers numbers = numbers(1, NumberType.BFLOAT16);
    numbers.put(0, value);
    return numbers.get(0);
  }

  /** Of 1 and 1 + 2^-7, and of the numbers after them. */
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1.00390625, 1.0",
    "1.003907, 1.0078125",
    "1.0078125, 1.0078125",
    "1.01171875, 1.015625",
    "-1.00390625, -1.0",
    "-1.01171875, -1.015625",
    "-0.0, -0.0",
    "1e-45, 0.0",
    "3.3895314e38, 3.3895314e38",
    "3.4028235e38, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN",
  })
  void roundsToTheNearestAndOfTwoToTheEvenOne(float value, float expected) {
    assertThat(written(value)).isEqualTo(Float.valueOf(expected));
  }

  @Test
  void aNanWithItsLowestBitsOnlyStaysOne() {
    assertThat(written(Float.intBitsToFloat(0x7f800001))).isNaN();
    assertThat(written(Float.intBitsToFloat(0xffffffff))).isNaN();
  }

  /** By distances in double, for bit patterns of all magnitudes. */
  @Test
  void nothingIsNearer() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      float rounded = written(value);
      if (Float.isFinite(value) && Float.isFinite(rounded)) {
        double distance = Math.abs((double) value - rounded);
        for (int step : new int[] {-0x10000, 0x10000}) {
          float other = Float.intBitsToFloat(Float.floatToRawIntBits(rounded) + step);
          if (Float.isFinite(other)) {
            assertThat(Math.abs((double) value - other)).isGreaterThanOrEqualTo(distance);
          }
        }
      }
    }
  }

  /** Both loops, at even and odd places, of lengths that fill vectors and that do not. */
  @ParameterizedTest
  @CsvSource({"0, 64, 0", "1, 64, 3", "3, 77, 0", "0, 5, 2", "7, 1031, 1"})
  void bothLoopsRoundAndWidenAlike(int from, int count, int at)
      throws ReflectiveOperationException {
    Random random = new Random(5);
    float[] values = new float[at + count + 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 9 == 0 ? Float.NaN : Float.intBitsToFloat(random.nextInt());
    }
    for (Loops loops : new Loops[] {new PlainLoops(), FastPath.vectorLoops()}) {
      Numbers numbers = numbers((from + count) / 2 + 2, NumberType.BFLOAT16);
      loops.round(values, at, count, numbers.memory(0), from);
      float[] read = new float[values.length];
      loops.widen(numbers.memory(0), from, read, at, count);
      for (int i = 0; i < count; i++) {
        assertThat(read[at + i]).isEqualTo(Float.valueOf(written(values[at + i])));
      }
      assertThat(numbers.get(from + count)).isZero();
      assertThat(read[at + count]).isZero();
    }
  }

  /** Without widening, as with it; NaN is not positive. */
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 64, 101})
  void bothLoopsMaskAsThoseOfFloats(int count) throws ReflectiveOperationException {
    Random random = new Random(9);
    float[] g = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      g[i] = i + 1;
      y[i] = i % 5 == 0 ? Float.NaN : i % 7 == 0 ? 0 : written((float) random.nextGaussian());
    }
    float[] expected = g.clone();
    new PlainLoops().mask(expected, y, count);
    for (Loops loops : new Loops[] {new PlainLoops(), FastPath.vectorLoops()}) {
      Numbers gradients = numbers(count, NumberType.BFLOAT16);
      Numbers outputs = numbers(count, NumberType.BFLOAT16);
      gradients.put(0, g);
      outputs.put(0, y);
      loops.mask(gradients.memory(0), outputs.memory(0), count);
      float[] masked = new float[count];
      gradients.get(0, masked);
      assertThat(masked).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsAreViews(NumberType type) {
    Numbers numbers = numbers(10, type);
    numbers.put(0, new float[] {0, 1, 2, 3, 4, 5, 6, 7});
    Numbers part = numbers.from(3);
    float[] read = new float[4];
    part.get(1, read, 1, 3);
    assertThat(read).containsExactly(0, 4, 5, 6);
    part.put(0, 8);
    assertThat(numbers.get(3)).isEqualTo(8);
    assertThat(numbers.type()).isEqualTo(type);
  }
}
