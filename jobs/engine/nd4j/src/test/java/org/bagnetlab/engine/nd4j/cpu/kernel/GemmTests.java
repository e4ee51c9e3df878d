package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.bagnetlab.engine.nd4j.cpu.CpuEngine;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products in pieces against sums in double, with gaps between the rows of all matrices. */
class GemmTests {

  private static final int GAP = 3;
  private static final int BEGIN = 5;

  @BeforeAll
  static void settings() {
    CpuEngine.start();
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL, 1, 1, 1, 0",
    "SMALL, 130, 70, 650, 0",
    "SMALL, 130, 70, 650, 1",
    "SMALL, 49, 64, 320, 1",
    "SMALL, 7, 129, 321, 0",
    "LARGE, 130, 70, 650, 1",
    "LARGE, 7, 600, 33, 0",
  })
  void addUpWhatTheyShould(Blocking blocking, int m, int n, int k, float beta) {
    Random random = new Random(4);
    try (Arena arena = new Arena(1 << 20)) {
      FloatBuffer left = matrix(arena, 0, m, k, random);
      FloatBuffer leftTransposed = matrix(arena, 200_000, k, m, random);
      FloatBuffer right = matrix(arena, 400_000, k, n, random);
      for (int row = 0; row < m; row++) {
        for (int l = 0; l < k; l++) {
          leftTransposed.put(BEGIN + l * (m + GAP) + row, left.get(BEGIN + row * (k + GAP) + l));
        }
      }
      FloatBuffer first = matrix(arena, 600_000, m, n, random);
      FloatBuffer second = matrix(arena, 800_000, m, n, random);
      float[] before = values(first);
      second.put(0, before);
      Gemm gemm = new Gemm(blocking);

      gemm.times(m, n, k, left, k + GAP, right, n + GAP, beta, first, n + GAP);
      gemm.transposedTimes(m, n, k, leftTransposed, m + GAP, right, n + GAP, beta, second, n + GAP);

      for (FloatBuffer result : new FloatBuffer[] {first, second}) {
        for (int at = BEGIN; at < before.length; at++) {
          int row = (at - BEGIN) / (n + GAP);
          int column = (at - BEGIN) % (n + GAP);
          double expected = before[at];
          if (column < n && row < m) {
            expected *= beta;
            for (int l = 0; l < k; l++) {
              expected +=
                  (double) left.get(BEGIN + row * (k + GAP) + l)
                      * right.get(BEGIN + l * (n + GAP) + column);
            }
          }
          assertThat((double) result.get(at)).isCloseTo(expected, within(1e-5 * k));
        }
        assertThat(result.position()).isEqualTo(BEGIN);
      }
    }
  }

  /** Rows with gaps between them, from {@link #BEGIN} on. */
  private static FloatBuffer matrix(Arena arena, int from, int rows, int columns, Random random) {
    FloatBuffer buffer = arena.floats(from, BEGIN + (long) rows * (columns + GAP));
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (float) random.nextGaussian());
    }
    return buffer.position(BEGIN);
  }

  private static float[] values(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }
}
