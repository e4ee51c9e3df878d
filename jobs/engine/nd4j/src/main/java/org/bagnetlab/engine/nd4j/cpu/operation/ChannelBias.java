package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;

/** Adds a learnt value to each channel. */
public final class ChannelBias extends MapTransform {

  private final Crew crew;
  private final FloatBuffer bias;
  private final FloatBuffer gradient;

  /** The bias, repeated for the positions of a block. */
  private final float[] repeated;

  private final float[][] blocks;
  private final float[][] others;
  private final double[][] sums;

  public ChannelBias(Crew crew, Parameters parameters, String tensor, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    bias = parameters.values(tensor);
    gradient = parameters.gradient(tensor);
    int values = Block.values(input.channels());
    repeated = new float[values];
    blocks = new float[crew.members()][values];
    others = new float[crew.members()][values];
    sums = new double[crew.members()][input.channels()];
  }

  @Override
  public void forward() {
    int channels = input.channels();
    bias.get(0, repeated, 0, channels);
    for (int at = channels; at < repeated.length; at += channels) {
      System.arraycopy(repeated, 0, repeated, at, Math.min(channels, repeated.length - at));
    }
    crew.together(this::forward);
  }

  private void forward(int member) {
    FeatureMap from = input.map();
    FeatureMap to = output.map();
    float[] x = blocks[member];
    int channels = from.channels();
    int end = crew.start(from.positions(), member + 1);
    for (int at = crew.start(from.positions(), member); at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), from.run(at));
      from.read(at, count, x);
      crew.loops().add(x, repeated, count * channels);
      to.write(at, count, x);
      at += count;
    }
  }

  @Override
  public void backward() {
    crew.together(this::backward);
    for (int c = 0; c < input.channels(); c++) {
      double sum = 0;
      for (double[] each : sums) {
        sum += each[c];
      }
      gradient.put(c, (float) sum);
    }
  }

  private void backward(int member) {
    FeatureMap above = outputGradient();
    FeatureMap to = inputGradient();
    float[] dy = blocks[member];
    float[] dx = others[member];
    double[] sum = sums[member];
    Arrays.fill(sum, 0);
    int channels = to.channels();
    int end = crew.start(to.positions(), member + 1);
    for (int at = crew.start(to.positions(), member); at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), to.run(at));
      above.read(at, count, dy);
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < channels; c++) {
          sum[c] += dy[i * channels + c];
        }
      }
      if (accumulates()) {
        to.read(at, count, dx);
        crew.loops().add(dy, dx, count * channels);
      }
      to.write(at, count, dy);
      at += count;
    }
  }
}
