package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.nio.FloatBuffer;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;

/**
 * Weights as a matrix of bfloat16 numbers, with a row for each output. All programs of a network
 * share them.
 */
public final class RoundedWeights implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Parameters parameters;
  private final FloatBuffer weights;
  private final Arena arena;
  private final Numbers numbers;
  private final Matrix matrix;
  private long version = -1;

  RoundedWeights(Parameters parameters, String tensor) {
    this.parameters = parameters;
    weights = parameters.values(tensor);
    int count = weights.capacity();
    arena = new Arena(NumberType.BFLOAT16.floats(count));
    numbers = Numbers.in(arena.floats(0, arena.size()), NumberType.BFLOAT16);
    int outputs = parameters.span(tensor).tensor().shape().get(0);
    matrix = Matrix.of(numbers, outputs, count / outputs);
  }

  public Matrix matrix() {
    return matrix;
  }

  /** Rounds the weights again if the parameters have changed. */
  public void refresh(Crew crew) {
    if (version != parameters.version()) {
      int count = weights.capacity();
      crew.together(member -> round(crew.start(count, member), crew.start(count, member + 1)));
      version = parameters.version();
    }
  }

  private void round(int from, int end) {
    float[] block = new float[BLOCK];
    for (int at = from; at < end; at += BLOCK) {
      int count = Math.min(BLOCK, end - at);
      weights.get(at, block, 0, count);
      numbers.put(at, block, 0, count);
    }
  }

  /** Size in floats. */
  long size() {
    return arena.size();
  }

  @Override
  public void close() {
    arena.close();
  }
}
