package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.vision.architecture.Window;

/**
 * Computes the largest value or the mean of each window. Each member of the crew processes whole
 * images.
 */
public final class Pool extends MapTransform {

  /** The kind of pooling. */
  public enum Kind {
    LARGEST,
    MEAN
  }

  private final Crew crew;
  private final Kind kind;
  private final Window window;
  private final float[][] inputs;
  private final float[][] outputs;
  private final float[][] positions;

  /**
   * For each output, the position of the largest input within its image; a float represents such
   * positions exactly.
   */
  private final float[] places;

  public Pool(Crew crew, Kind kind, Window window, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    this.kind = kind;
    this.window = window;
    int members = crew.members();
    inputs = new float[members][Math.toIntExact(input.shape().elements())];
    outputs = new float[members][Math.toIntExact(output.shape().elements())];
    positions = new float[members][kind == Kind.LARGEST ? outputs[0].length : 0];
    places =
        new float
            [kind == Kind.LARGEST
                ? Math.toIntExact(output.images() * output.shape().elements())
                : 0];
  }

  @Override
  public void forward() {
    crew.together(this::forward);
  }

  private void forward(int member) {
    FeatureMap from = input.map();
    FeatureMap to = output.map();
    float[] x = inputs[member];
    float[] y = outputs[member];
    for (int n = crew.start(from.images(), member);
        n < crew.start(from.images(), member + 1);
        n++) {
      from.read(n * from.height() * from.width(), from.height() * from.width(), x);
      if (kind == Kind.LARGEST) {
        largest(x, y, positions[member], n * y.length);
      } else {
        mean(x, y);
      }
      to.write(n * to.height() * to.width(), to.height() * to.width(), y);
    }
  }

  private void largest(float[] x, float[] y, float[] mine, int place) {
    int channels = input.channels();
    int width = output.shape().width();
    for (int position = 0; position < width * output.shape().height(); position++) {
      int at = position * channels;
      Arrays.fill(y, at, at + channels, Float.NEGATIVE_INFINITY);
      int top = position / width * window.stride() - window.padding();
      int left = position % width * window.stride() - window.padding();
      for (int row = Math.max(0, top); row < bottom(top); row++) {
        for (int column = Math.max(0, left); column < right(left); column++) {
          int from = row * input.shape().width() + column;
          crew.loops().keepLarger(y, mine, at, x, from * channels, channels, from);
        }
      }
    }
    System.arraycopy(mine, 0, places, place, y.length);
  }

  private void mean(float[] x, float[] y) {
    int channels = input.channels();
    int width = output.shape().width();
    float share = 1f / (window.kernel() * window.kernel());
    Arrays.fill(y, 0);
    for (int position = 0; position < width * output.shape().height(); position++) {
      int at = position * channels;
      int top = position / width * window.stride();
      int left = position % width * window.stride();
      for (int row = top; row < bottom(top); row++) {
        for (int column = left; column < right(left); column++) {
          int from = (row * input.shape().width() + column) * channels;
          for (int c = 0; c < channels; c++) {
            y[at + c] += share * x[from + c];
          }
        }
      }
    }
  }

  private int bottom(int top) {
    return Math.min(input.shape().height(), top + window.kernel());
  }

  private int right(int left) {
    return Math.min(input.shape().width(), left + window.kernel());
  }

  @Override
  public void backward() {
    crew.together(this::backward);
  }

  private void backward(int member) {
    FeatureMap above = outputGradient();
    FeatureMap to = inputGradient();
    float[] dx = inputs[member];
    float[] dy = outputs[member];
    for (int n = crew.start(to.images(), member); n < crew.start(to.images(), member + 1); n++) {
      above.read(n * above.height() * above.width(), above.height() * above.width(), dy);
      int positions = to.height() * to.width();
      if (accumulates()) {
        to.read(n * positions, positions, dx);
      } else {
        Arrays.fill(dx, 0);
      }
      if (kind == Kind.LARGEST) {
        int channels = input.channels();
        for (int i = 0; i < dy.length; i++) {
          int place = (int) places[n * dy.length + i];
          dx[place * channels + i % channels] += dy[i];
        }
      } else {
        spread(dx, dy);
      }
      to.write(n * positions, positions, dx);
    }
  }

  private void spread(float[] dx, float[] dy) {
    int channels = input.channels();
    int width = output.shape().width();
    float share = 1f / (window.kernel() * window.kernel());
    for (int position = 0; position < width * output.shape().height(); position++) {
      int at = position * channels;
      int top = position / width * window.stride();
      int left = position % width * window.stride();
      for (int row = top; row < bottom(top); row++) {
        for (int column = left; column < right(left); column++) {
          int to = (row * input.shape().width() + column) * channels;
          for (int c = 0; c < channels; c++) {
            dx[to + c] += share * dy[at + c];
          }
        }
      }
    }
  }
}
