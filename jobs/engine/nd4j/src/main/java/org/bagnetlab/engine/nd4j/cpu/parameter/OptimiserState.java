package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.Update;

/**
 * The state of an optimiser and its steps over all parameters, in one pass over memory; clipping
 * needs one more over the gradients.
 */
public final class OptimiserState implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Optimiser rule;
  private final Crew crew;
  private final Parameters parameters;
  private final FloatBuffer values;
  private final FloatBuffer gradients;
  private final Map<String, Arena> moments = new LinkedHashMap<>();
  private final FloatBuffer[] buffers;
  private final float[][][] blocks;
  private final int decaying;
  private final int length;
  private final double[] squares;
  private int steps;
  private Update update = Update.of(0);

  /** The factor of the gradients that clips them; 1 if they are short enough. */
  private float scale = 1;

  public OptimiserState(Optimiser rule, Parameters parameters, Crew crew) {
    this.rule = rule;
    this.crew = crew;
    this.parameters = parameters;
    values = parameters.allValues();
    gradients = parameters.allGradients();
    decaying = Math.toIntExact(parameters.decaying());
    length = Math.toIntExact(parameters.learnt());
    rule.moments().forEach(name -> moments.put(name, new Arena(length)));
    buffers =
        moments.values().stream().map(arena -> arena.floats(0, length)).toArray(FloatBuffer[]::new);
    blocks = new float[crew.members()][2 + buffers.length][BLOCK];
    squares = new double[crew.members()];
    reset();
  }

  /** Makes a descent step along the gradients. */
  public void step(Update next) {
    update = next;
    scale = next.clipNorm() > 0 ? clip(next.clipNorm()) : 1;
    steps++;
    parameters.changed();
    crew.together(this::step);
  }

  /** The factor that scales the gradients down to a norm, as PyTorch's clip_grad_norm_ does. */
  private float clip(double largest) {
    crew.together(this::square);
    double norm = Math.sqrt(Arrays.stream(squares).sum());
    return (float) Math.min(1, largest / (norm + Update.CLIP_EPSILON));
  }

  private void square(int member) {
    float[] block = blocks[member][0];
    int end = crew.start(length, member + 1);
    double sum = 0;
    for (int at = crew.start(length, member); at < end; at += BLOCK) {
      int count = Math.min(BLOCK, end - at);
      gradients.get(at, block, 0, count);
      sum += squares(block, count);
    }
    squares[member] = sum;
  }

  /** Four sums, since a single one would wait for each addition. */
  private static double squares(float[] x, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += (double) x[i] * x[i];
      b += (double) x[i + 1] * x[i + 1];
      c += (double) x[i + 2] * x[i + 2];
      d += (double) x[i + 3] * x[i + 3];
    }
    for (; i < count; i++) {
      a += (double) x[i] * x[i];
    }
    return a + b + c + d;
  }

  private void step(int member) {
    float[][] block = blocks[member];
    int end = crew.start(length, member + 1);
    int count;
    for (int at = crew.start(length, member); at < end; at += count) {
      // A block either decays or does not.
      count = Math.min(BLOCK, (at < decaying ? Math.min(decaying, end) : end) - at);
      values.get(at, block[0], 0, count);
      gradients.get(at, block[1], 0, count);
      for (int i = 0; i < buffers.length; i++) {
        buffers[i].get(at, block[2 + i], 0, count);
      }
      move(block, count, at < decaying ? update.weightDecay() : 0);
      values.put(at, block[0], 0, count);
      for (int i = 0; i < buffers.length; i++) {
        buffers[i].put(at, block[2 + i], 0, count);
      }
    }
  }

  private void move(float[][] block, int count, double decay) {
    double rate = update.learningRate();
    boolean decoupled = rule == Optimiser.ADAMW;
    float added = decoupled ? 0 : (float) decay;
    if (scale != 1 || added > 0) {
      crew.loops().scaleAndDecay(block[1], block[0], count, scale, added);
    }
    switch (rule) {
      case ADAM, ADAMW ->
          crew.loops()
              .adam(
                  block[0],
                  block[1],
                  block[2],
                  block[3],
                  count,
                  (float) Optimiser.BETA1,
                  (float) Optimiser.BETA2,
                  decoupled ? (float) (1 - rate * decay) : 1,
                  (float) (rate / (1 - Math.pow(Optimiser.BETA1, steps))),
                  (float) (1 / Math.sqrt(1 - Math.pow(Optimiser.BETA2, steps))),
                  (float) Optimiser.EPSILON);
      case SGD ->
          crew.loops()
              .sgd(block[0], block[1], block[2], count, (float) Optimiser.MOMENTUM, (float) rate);
      case NESTEROV ->
          crew.loops()
              .nesterov(
                  block[0], block[1], block[2], count, (float) Optimiser.MOMENTUM, (float) rate);
    }
  }

  /** The moments on which later steps depend, by name, in the layout of the parameters. */
  public Map<String, FloatBuffer> moments() {
    Map<String, FloatBuffer> named = new LinkedHashMap<>();
    int i = 0;
    for (String name : moments.keySet()) {
      named.put(name, buffers[i++]);
    }
    return named;
  }

  public int steps() {
    return steps;
  }

  public void continueAfter(int made) {
    steps = made;
  }

  public void reset() {
    moments.values().forEach(arena -> arena.array(0, length).assign(0));
    steps = 0;
  }

  @Override
  public void close() {
    moments.values().forEach(Arena::close);
  }
}
