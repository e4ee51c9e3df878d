package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Loops;
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
  private final float[][] blocks;
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
    blocks = new float[crew.members()][BLOCK];
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
    float[] block = blocks[member];
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
    int from = crew.start(length, member);
    int end = crew.start(length, member + 1);
    int between = Math.clamp(decaying, from, end);
    step(from, between, update.weightDecay());
    step(between, end, 0);
  }

  /** Moves the weights of a range, all of which decay alike. */
  private void step(int from, int end, double decay) {
    MemorySegment w = part(values, from, end);
    MemorySegment g = part(gradients, from, end);
    MemorySegment first = part(buffers[0], from, end);
    double rate = update.learningRate();
    Loops.Descent descent = new Loops.Descent(scale, (float) decay, (float) rate);
    switch (rule) {
      case SGD -> crew.loops().sgd(w, g, first, descent, (float) Optimiser.MOMENTUM);
      case NESTEROV -> crew.loops().nesterov(w, g, first, descent, (float) Optimiser.MOMENTUM);
      case ADAM -> adam(w, g, first, part(buffers[1], from, end), decay, 1);
      case ADAMW -> adam(w, g, first, part(buffers[1], from, end), 0, (float) (1 - rate * decay));
    }
  }

  private void adam(
      MemorySegment w,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      double decay,
      float keep) {
    double rate = update.learningRate() / (1 - Math.pow(Optimiser.BETA1, steps));
    crew.loops()
        .adam(
            w,
            g,
            m,
            v,
            new Loops.Descent(scale, (float) decay, (float) rate),
            new Loops.Adam(
                (float) Optimiser.BETA1,
                (float) Optimiser.BETA2,
                keep,
                (float) (1 / Math.sqrt(1 - Math.pow(Optimiser.BETA2, steps))),
                (float) Optimiser.EPSILON));
  }

  private static MemorySegment part(FloatBuffer values, int from, int end) {
    return MemorySegment.ofBuffer(values.slice(from, end - from));
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
