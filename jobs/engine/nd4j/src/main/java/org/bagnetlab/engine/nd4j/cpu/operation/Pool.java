package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import java.util.List;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.vision.architecture.Extent;

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
  private final List<Extent> rows;
  private final List<Extent> columns;
  private final float[][] inputs;
  private final float[][] outputs;
  private final float[][] positions;

  /**
   * For each output, the position of the largest input within its image; a float represents such
   * positions exactly.
   */
  private final float[] places;

  /**
   * A pool whose windows cover ranges of rows and of columns.
   *
   * @param rows the rows of the input that each row of the output depends on
   * @param columns the same of columns
   */
  public Pool(
      Crew crew, Kind kind, List<Extent> rows, List<Extent> columns, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    this.kind = kind;
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
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
    for (int position = 0; position < columns.size() * rows.size(); position++) {
      int at = position * channels;
      Arrays.fill(y, at, at + channels, Float.NEGATIVE_INFINITY);
      Extent down = down(position);
      Extent right = right(position);
      for (int row = down.from(); row < down.to(); row++) {
        for (int column = right.from(); column < right.to(); column++) {
          int from = row * input.shape().width() + column;
          crew.loops().keepLarger(y, mine, at, x, from * channels, channels, from);
        }
      }
    }
    System.arraycopy(mine, 0, places, place, y.length);
  }

  private void mean(float[] x, float[] y) {
    int channels = input.channels();
    Arrays.fill(y, 0);
    for (int position = 0; position < columns.size() * rows.size(); position++) {
      int at = position * channels;
      Extent down = down(position);
      Extent right = right(position);
      float share = 1f / (down.length() * right.length());
      for (int row = down.from(); row < down.to(); row++) {
        for (int column = right.from(); column < right.to(); column++) {
          int from = (row * input.shape().width() + column) * channels;
          for (int c = 0; c < channels; c++) {
            y[at + c] += share * x[from + c];
          }
        }
      }
    }
  }

  /** The rows of an output's window. */
  private Extent down(int position) {
    return rows.get(position / columns.size());
  }

  /** The columns of an output's window. */
  private Extent right(int position) {
    return columns.get(position % columns.size());
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
    for (int position = 0; position < columns.size() * rows.size(); position++) {
      int at = position * channels;
      Extent down = down(position);
      Extent right = right(position);
      float share = 1f / (down.length() * right.length());
      for (int row = down.from(); row < down.to(); row++) {
        for (int column = right.from(); column < right.to(); column++) {
          int to = (row * input.shape().width() + column) * channels;
          for (int c = 0; c < channels; c++) {
            dx[to + c] += share * dy[at + c];
          }
        }
      }
    }
  }
}
