package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Loops;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a map by the sigmoid of a gate for each channel or for each position. Each member of
 * the crew processes whole images.
 */
public final class Gate extends MapTransform {

  private final Crew crew;
  private final Loops loops;
  private final Value gate;
  private final boolean perChannel;
  private final float[][] maps;
  private final float[][] above;
  private final float[][] gates;
  private final float[][] gateGradients;
  private final float[] zeros;
  private final float[][] unused;
  private @Nullable Value gateGradient;
  private boolean gateAccumulates;

  public Gate(Crew crew, Value input, Value gate, Value output) {
    super(input, output);
    this.crew = crew;
    this.loops = crew.loops();
    this.gate = gate;
    perChannel =
        gate.shape().height() == 1
            && gate.shape().width() == 1
            && gate.channels() == input.channels();
    int members = crew.members();
    int values = Block.values(input.channels());
    int gated = Math.toIntExact(gate.shape().elements());
    maps = new float[members][values];
    above = new float[members][values];
    gates = new float[members][gated];
    gateGradients = new float[members][gated];
    zeros = new float[gated];
    unused = new float[members][gated];
  }

  @Override
  public void planForward(Timeline now) {
    super.planForward(now);
    now.needs(gate);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    now.needs(input);
    now.needs(gate);
    super.planBackward(now, gradients);
    gateAccumulates = gradients.isSet(gate);
    gateGradient = gradients.target(gate);
    now.needs(gateGradient);
  }

  @Override
  public void forward() {
    crew.together(this::forward);
  }

  private void forward(int member) {
    FeatureMap from = input.map();
    FeatureMap to = output.map();
    float[] x = maps[member];
    float[] open = gates[member];
    int channels = from.channels();
    int plane = from.height() * from.width();
    for (int n = crew.start(from.images(), member);
        n < crew.start(from.images(), member + 1);
        n++) {
      open(n, open);
      for (int at = 0; at < plane; ) {
        int count =
            Math.min(Math.min(Block.positions(channels), plane - at), from.run(n * plane + at));
        from.read(n * plane + at, count, x);
        multiply(x, count, open, at);
        to.write(n * plane + at, count, x);
        at += count;
      }
    }
  }

  private void multiply(float[] x, int count, float[] open, int position) {
    if (perChannel) {
      loops.multiply(x, count * open.length, open);
    } else {
      loops.multiplyRows(x, count, input.channels(), open, position);
    }
  }

  /** Computes the sigmoids of one image's gates, which are between 0 and 1. */
  private void open(int image, float[] open) {
    FeatureMap map = gate.map();
    int plane = map.height() * map.width();
    map.read(image * plane, plane, open);
    for (int i = 0; i < open.length; i++) {
      open[i] = (float) (1 / (1 + Math.exp(-open[i])));
    }
  }

  @Override
  public void backward() {
    crew.together(this::backward);
  }

  private void backward(int member) {
    FeatureMap from = input.map();
    FeatureMap gradient = outputGradient();
    FeatureMap to = inputGradient();
    float[] x = maps[member];
    float[] dy = above[member];
    float[] open = gates[member];
    float[] dGate = gateGradients[member];
    int channels = from.channels();
    int plane = from.height() * from.width();
    for (int n = crew.start(from.images(), member);
        n < crew.start(from.images(), member + 1);
        n++) {
      open(n, open);
      Arrays.fill(dGate, 0);
      for (int at = 0; at < plane; ) {
        int position = n * plane + at;
        int count = Math.min(Math.min(Block.positions(channels), plane - at), from.run(position));
        from.read(position, count, x);
        gradient.read(position, count, dy);
        if (perChannel) {
          loops.addProducts(dy, x, count * channels, zeros, unused[member], dGate);
        } else {
          loops.addInnerProducts(x, dy, count, channels, dGate, at);
        }
        multiply(dy, count, open, at);
        if (accumulates()) {
          to.read(position, count, x);
          loops.add(dy, x, count * channels);
        }
        to.write(position, count, dy);
        at += count;
      }
      pass(n, open, dGate);
    }
  }

  private void pass(int image, float[] open, float[] dGate) {
    FeatureMap to = Objects.requireNonNull(gateGradient).map();
    int plane = to.height() * to.width();
    for (int i = 0; i < open.length; i++) {
      dGate[i] *= open[i] * (1 - open[i]);
    }
    if (gateAccumulates) {
      float[] before = new float[dGate.length];
      to.read(image * plane, plane, before);
      loops.add(dGate, before, dGate.length);
    }
    to.write(image * plane, plane, dGate);
  }
}
