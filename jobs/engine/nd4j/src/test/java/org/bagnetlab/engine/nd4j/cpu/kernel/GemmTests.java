package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import org.bagnetlab.engine.nd4j.cpu.CpuEngine;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.onednn.OneDnn;
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
      float[] before = values(first);
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
      }
    }
  }

  /** The sums are those of float32 products, up to the rounding of a result that is bfloat16. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0, FLOAT32",
    "130, 70, 650, 0, BFLOAT16",
    "130, 70, 650, 1, BFLOAT16",
    "49, 64, 320, 1, FLOAT32",
    "64, 27, 1000, 1, FLOAT32",
    "7, 129, 321, 0, BFLOAT16",
    "7, 600, 33, 0, FLOAT32",
  })
  void addUpRoundedFactors(int m, int n, int k, float beta, NumberType type) {
    assumeTrue(OneDnn.multipliesBfloat16(), "this CPU has no products of bfloat16");
    Random random = new Random(4);
    try (Arena arena = new Arena(1 << 20)) {
      Matrix left = matrix(arena, 0, m, k, random, NumberType.BFLOAT16);
      Matrix right = matrix(arena, 200_000, k, n, random, NumberType.BFLOAT16);
      Matrix leftTransposed = transposed(arena, 400_000, left);
      Matrix rightTransposed = transposed(arena, 500_000, right);
      Matrix first = matrix(arena, 600_000, m, n, random, type);
      float[] before = values(first);
      Matrix second = matrix(arena, 800_000, m, n, random, type);
      second.memory().put(0, before);
      Matrix third = matrix(arena, 900_000, m, n, random, type);
      third.memory().put(0, before);
      Gemm.times(left, right, beta, first);
      Gemm.transposedTimes(leftTransposed, right, beta, second);
      Gemm.timesTransposed(left, rightTransposed, third);

      List<Matrix> results = List.of(first, second, third);
      for (int i = 0; i < results.size(); i++) {
        Matrix result = results.get(i);
        float kept = i < 2 ? beta : 0;
        for (int at = BEGIN; at < before.length; at++) {
          int row = (at - BEGIN) / (n + GAP);
          int column = (at - BEGIN) % (n + GAP);
          double expected = before[at];
          if (column < n && row < m) {
            expected *= kept;
            for (int l = 0; l < k; l++) {
              expected += (double) at(left, row, l) * at(right, l, column);
            }
          }
          double half = type == NumberType.BFLOAT16 ? Math.abs(expected) / 256 : 0;
          assertThat((double) result.memory().get(at)).isCloseTo(expected, within(1e-5 * k + half));
        }
      }
    }
  }

  private static Matrix transposed(Arena arena, int from, Matrix matrix) {
    Matrix result =
        matrix(arena, from, matrix.columns(), matrix.rows(), new Random(1), NumberType.BFLOAT16);
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        result
            .memory()
            .put(result.offset() + column * result.pitch() + row, at(matrix, row, column));
      }
    }
    return result;
  }

  /** Rows with gaps between them, from {@link #BEGIN} on. */
  private static Matrix matrix(Arena arena, int from, int rows, int columns, Random random) {
    return matrix(arena, from, rows, columns, random, NumberType.FLOAT32);
  }

  private static Matrix matrix(
      Arena arena, int from, int rows, int columns, Random random, NumberType type) {
    int count = BEGIN + rows * (columns + GAP);
    Numbers numbers = Numbers.in(arena.floats(from, type.floats(count)), type);
    for (int i = 0; i < count; i++) {
      numbers.put(i, (float) random.nextGaussian());
    }
    return new Matrix(numbers, BEGIN, rows, columns, columns + GAP);
  }

  private static float at(Matrix matrix, int row, int column) {
    return matrix.memory().get(BEGIN + row * matrix.pitch() + column);
  }

  private static float[] values(Matrix matrix) {
    float[] values = new float[BEGIN + matrix.rows() * (matrix.columns() + GAP)];
    matrix.memory().get(0, values);
    return values;
  }
}
