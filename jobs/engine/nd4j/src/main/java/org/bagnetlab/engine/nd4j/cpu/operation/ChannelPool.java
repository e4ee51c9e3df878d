package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;

/** Computes the largest and the mean value over the channels of each position. */
public final class ChannelPool extends MapTransform {

  private final Crew crew;
  private final float[][] blocks;
  private final float[][] pairs;

  /** For each position, the channel of the largest value. */
  private final int[] places;

  public ChannelPool(Crew crew, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    blocks = new float[crew.members()][Block.values(input.channels())];
    pairs = new float[crew.members()][2 * Block.positions(input.channels())];
    places = new int[input.positions()];
  }

  @Override
  public void forward() {
    crew.together(this::forward);
  }

  private void forward(int member) {
    FeatureMap from = input.map();
    FeatureMap to = output.map();
    float[] x = blocks[member];
    float[] pooled = pairs[member];
    int channels = from.channels();
    int end = crew.start(from.positions(), member + 1);
    for (int at = crew.start(from.positions(), member); at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), from.run(at));
      from.read(at, count, x);
      for (int i = 0; i < count; i++) {
        float largest = crew.loops().largest(x, i * channels, channels);
        pooled[2 * i] = largest;
        pooled[2 * i + 1] = crew.loops().sum(x, i * channels, channels) / channels;
        if (hasBackward()) {
          places[at + i] = placeOf(largest, x, i * channels, channels);
        }
      }
      to.write(at, count, pooled);
      at += count;
    }
  }

  /** The index of a value; the first index if several values are equal. */
  private static int placeOf(float value, float[] x, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (x[from + i] == value) {
        return i;
      }
    }
    return 0; // NaN equals no value
  }

  @Override
  public void backward() {
    crew.together(this::backward);
  }

  private void backward(int member) {
    FeatureMap above = outputGradient();
    FeatureMap to = inputGradient();
    float[] dx = blocks[member];
    float[] dy = pairs[member];
    int channels = to.channels();
    int end = crew.start(to.positions(), member + 1);
    for (int at = crew.start(to.positions(), member); at < end; ) {
      int count = Math.min(Math.min(Block.positions(channels), end - at), to.run(at));
      above.read(at, count, dy);
      if (accumulates()) {
        to.read(at, count, dx);
      } else {
        Arrays.fill(dx, 0);
      }
      for (int i = 0; i < count; i++) {
        float mean = dy[2 * i + 1] / channels;
        for (int c = 0; c < channels; c++) {
          dx[i * channels + c] += mean;
        }
        dx[i * channels + places[at + i]] += dy[2 * i];
      }
      to.write(at, count, dx);
      at += count;
    }
  }
}
