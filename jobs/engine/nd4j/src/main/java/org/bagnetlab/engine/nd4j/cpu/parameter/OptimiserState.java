package org.bagnetlab.engine.nd4j.cpu.parameter;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.vision.network.Optimiser;

/** The state of an optimiser and its steps over all parameters, in one pass over memory. */
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
  private final int length;
  private int steps;
  private double rate;

  public OptimiserState(Optimiser rule, Parameters parameters, Crew crew) {
    this.rule = rule;
    this.crew = crew;
    this.parameters = parameters;
    values = parameters.allValues();
    gradients = parameters.allGradients();
    length = Math.toIntExact(parameters.learnt());
    rule.moments().forEach(name -> moments.put(name, new Arena(length)));
    buffers =
        moments.values().stream().map(arena -> arena.floats(0, length)).toArray(FloatBuffer[]::new);
    blocks = new float[crew.members()][2 + buffers.length][BLOCK];
    reset();
  }

  /** Makes a descent step along the gradients. */
  public void step(double learningRate) {
    rate = learningRate;
    steps++;
    parameters.changed();
    crew.together(this::step);
  }

  private void step(int member) {
    float[][] block = blocks[member];
    int end = crew.start(length, member + 1);
    for (int at = crew.start(length, member); at < end; at += BLOCK) {
      int count = Math.min(BLOCK, end - at);
      values.get(at, block[0], 0, count);
      gradients.get(at, block[1], 0, count);
      for (int i = 0; i < buffers.length; i++) {
        buffers[i].get(at, block[2 + i], 0, count);
      }
      move(block, count);
      values.put(at, block[0], 0, count);
      for (int i = 0; i < buffers.length; i++) {
        buffers[i].put(at, block[2 + i], 0, count);
      }
    }
  }

  private void move(float[][] block, int count) {
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
                  (float) (rate / (1 - Math.pow(Optimiser.BETA1, steps))),
                  (float) (1 / Math.sqrt(1 - Math.pow(Optimiser.BETA2, steps))),
                  (float) Optimiser.EPSILON);
      case SGD, NESTEROV ->
          crew.loops()
              .sgd(block[0], block[1], block[2], count, (float) Optimiser.MOMENTUM, (float) rate);
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
