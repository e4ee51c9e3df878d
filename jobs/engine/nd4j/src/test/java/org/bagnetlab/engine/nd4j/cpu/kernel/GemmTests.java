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

/** Products against sums in double, with gaps between the rows of all matrices. */
class GemmTests {

  private static final int GAP = 3;
  private static final int BEGIN = 5;

  @BeforeAll
  static void settings() {
    CpuEngine.start();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0",
    "130, 70, 650, 0",
    "130, 70, 650, 1",
    "49, 64, 320, 1",
    "7, 129, 321, 0",
    "7, 600, 33, 0",
  })
  void addUpWhatTheyShould(int m, int n, int k, float beta) {
    Random random = new Random(4);
    try (Arena arena = new Arena(1 << 20)) {
      Matrix left = matrix(arena, 0, m, k, random);
      Matrix leftTransposed = matrix(arena, 200_000, k, m, random);
      Matrix right = matrix(arena, 400_000, k, n, random);
      for (int row = 0; row < m; row++) {
        for (int l = 0; l < k; l++) {
          leftTransposed.memory().put(BEGIN + l * (m + GAP) + row, at(left, row, l));
        }
      }
      Matrix first = matrix(arena, 600_000, m, n, random);
      Matrix second = matrix(arena, 800_000, m, n, random);
      float[] before = values(first.memory());
      second.memory().put(0, before);
      Gemm.times(left, right, beta, first);
      Gemm.transposedTimes(leftTransposed, right, beta, second);

      for (Matrix result : new Matrix[] {first, second}) {
        for (int at = BEGIN; at < before.length; at++) {
          int row = (at - BEGIN) / (n + GAP);
          int column = (at - BEGIN) % (n + GAP);
          double expected = before[at];
          if (column < n && row < m) {
            expected *= beta;
            for (int l = 0; l < k; l++) {
              expected += (double) at(left, row, l) * at(right, l, column);
            }
          }
          assertThat((double) result.memory().get(at)).isCloseTo(expected, within(1e-5 * k));
        }
        assertThat(result.memory().position()).isZero();
      }
    }
  }

  /** Rows with gaps between them, from {@link #BEGIN} on. */
  private static Matrix matrix(Arena arena, int from, int rows, int columns, Random random) {
    FloatBuffer buffer = arena.floats(from, BEGIN + (long) rows * (columns + GAP));
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (float) random.nextGaussian());
    }
    return new Matrix(buffer, BEGIN, rows, columns, columns + GAP);
  }

  private static float at(Matrix matrix, int row, int column) {
    return matrix.memory().get(BEGIN + row * matrix.pitch() + column);
  }

  private static float[] values(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }
}
