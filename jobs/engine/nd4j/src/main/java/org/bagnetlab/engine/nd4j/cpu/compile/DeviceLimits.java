package org.bagnetlab.engine.nd4j.cpu.compile;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.vision.network.StepProfile;

/**
 * Measures how fast the processor multiplies matrices and copies memory, with all members of a
 * crew: the best of several repetitions.
 */
public final class DeviceLimits {

  private static final int REPETITIONS = 8;

  /** Side of the matrices, which fit into a private cache together. */
  private static final int SIDE = 256;

  /** Products of a repetition. */
  private static final int PRODUCTS = 50;

  /** Floats that are copied, of all members together: more than the last cache has. */
  private static final int COPIED = 1 << 27;

  /** Floats that a member copies at most. */
  private static final int MOST = 1 << 24;

  private DeviceLimits() {}

  /**
   * Takes about a second.
   *
   * @param type of the numbers in the products
   */
  public static StepProfile.Limits measure(Crew crew, NumberType type) {
    int members = crew.members();
    int copied = Math.min(MOST, COPIED / members);
    try (Arena arena = new Arena(2L * copied * members)) {
      FloatBuffer[] memory = new FloatBuffer[members];
      Arrays.setAll(memory, member -> arena.floats(2L * copied * member, 2L * copied));
      crew.together(member -> fill(memory[member]));
      double products = best(crew, member -> multiply(memory[member], type));
      double copies = best(crew, member -> copy(memory[member]));
      return new StepProfile.Limits(
          2.0 * SIDE * SIDE * SIDE * PRODUCTS * members / products,
          2.0 * copied * Float.BYTES * members / copies);
    }
  }

  /** Without values, memory that was never written is not read either. */
  private static void fill(FloatBuffer memory) {
    for (int i = 0; i < memory.limit(); i++) {
      memory.put(i, i % 7 / 7f);
    }
  }

  private static void multiply(FloatBuffer memory, NumberType type) {
    for (int i = 0; i < PRODUCTS; i++) {
      Gemm.times(square(memory, type, 0), square(memory, type, 1), 0, square(memory, type, 2));
    }
  }

  private static void copy(FloatBuffer memory) {
    int half = memory.limit() / 2;
    var _ = memory.duplicate().position(half).put(memory.duplicate().limit(half));
  }

  private static Matrix square(FloatBuffer memory, NumberType type, int index) {
    return new Matrix(Numbers.in(memory, type), index * SIDE * SIDE, SIDE, SIDE, SIDE);
  }

  private static double best(Crew crew, Crew.Work work) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      crew.together(work);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }
}
