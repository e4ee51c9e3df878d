package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.engine.nd4j.cpu.parameter.RoundedWeights;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/**
 * A convolution computed as matrix products over all positions of a batch: Y = X W', dW = dY' X, dX
 * = dY W. A row of X has the inputs of the kernel at one position, [channel, row, column] as in the
 * weights. For a 1x1 kernel without a stride, X is the input itself, unless the output is cropped
 * at the bottom and right; otherwise X is gathered first.
 */
public final class MatrixConvolution extends MapTransform implements WeightedOperation {

  /**
   * Minimum number of rows per thread. With fewer rows, columns are divided among the threads
   * instead.
   */
  private static final int ROWS_TO_SHARE = 64;

  /** Number of values of the output that stay in a cache after they are computed. */
  private static final int CACHED = 1 << 18;

  /** With far fewer rows in a product, most of the time would be spent reading the weights. */
  private static final int FEW_ROWS = 64;

  private final Crew crew;
  private final Window window;
  private final int taps;
  private final int columns;
  private final @Nullable RoundedWeights rounded;
  private final Matrix weights;
  private final Matrix weightGradient;
  private final boolean gathers;

  /**
   * X of the forward pass, and of the gradient of the weights, which gathers it again, and the
   * gradient of X.
   */
  private final Value seen;

  private final Value seenAgain;
  private final Value seenGradient;
  private final float[][] images;
  private final float[][] rows;
  private @Nullable Join end;

  /** A member's share of the rows or columns of a matrix. */
  private record Part(int from, int count) {}

  public MatrixConvolution(
      Crew crew, Parameters parameters, String name, Window window, Value input, Value output) {
    super(input, output);
    this.crew = crew;
    this.window = window;
    taps = window.kernel() * window.kernel();
    columns = input.channels() * taps;
    String tensor = name + ".weight";
    rounded = input.type() == NumberType.BFLOAT16 ? parameters.rounded(tensor) : null;
    weights = rounded == null ? parameters.weights(tensor) : rounded.matrix();
    weightGradient = parameters.weightGradient(name + ".weight");
    gathers = taps > 1 || window.stride() > 1 || input.positions() != output.positions();
    seen = gathers ? windows("windows of " + name) : input;
    seenAgain = gathers ? windows("windows of " + name) : input;
    seenGradient = windows("gradient of " + seenAgain.name());
    int members = crew.members();
    images = new float[members][gathers ? Math.toIntExact(input.shape().elements()) : 0];
    rows = new float[members][gathers ? columns * output.shape().width() : 0];
  }

  @Override
  public boolean endWith(Join join) {
    if (join.canFuseInto(output)) {
      end = join;
      return true;
    }
    return false;
  }

  private Value windows(String name) {
    Shape shape = new Shape(columns, output.shape().height(), output.shape().width());
    return new Value(name, input.images(), shape, input.type());
  }

  @Override
  public void planForward(Timeline now) {
    super.planForward(now);
    now.needs(seen);
    if (end != null) {
      end.planForward(now);
    }
  }

  @Override
  public void planWeightGradient(Timeline now, Gradients gradients) {
    now.needs(gradients.of(output));
    now.needs(input);
    now.needs(seenAgain);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    super.planBackward(now, gradients);
    if (gathers) {
      now.needs(seenGradient);
    }
  }

  /** A thread's share of a matrix's rows or columns, or all of them. */
  private Part part(boolean shared, int count, int member) {
    int from = shared ? crew.start(count, member) : 0;
    return new Part(from, (shared ? crew.start(count, member + 1) : count) - from);
  }

  /** Whether the forward pass is divided by positions; if not, it is divided by outputs. */
  private boolean byRows() {
    return output.positions() >= crew.members() * ROWS_TO_SHARE;
  }

  /** The number of rows of the output that the next operation still finds in the cache. */
  private int cachedRows() {
    return Math.max(FEW_ROWS, CACHED / output.channels());
  }

  @Override
  public void forward() {
    if (rounded != null) {
      rounded.refresh(crew);
    }
    if (gathers) {
      crew.together(member -> gather(seen, member));
    }
    if (end != null && byRows()) {
      end.prepare();
    }
    crew.together(this::multiply);
    if (end != null && !byRows()) {
      end.forward();
    }
  }

  private void multiply(int member) {
    Part positions = part(byRows(), output.positions(), member);
    Part outputs = part(!byRows(), output.channels(), member);
    Matrix x = seen.matrix();
    Matrix y = output.matrix();
    int most = end == null ? Math.max(1, positions.count) : cachedRows();
    for (int done = 0; done < positions.count; done += most) {
      int from = positions.from + done;
      int rows = Math.min(most, positions.count - done);
      Gemm.timesTransposed(
          x.rows(from, rows),
          weights.rows(outputs.from, outputs.count),
          y.part(from, outputs.from, rows, outputs.count));
      if (end != null && byRows()) {
        end.apply(from, from + rows, member);
      }
    }
  }

  @Override
  public void weightGradient() {
    if (gathers) {
      crew.together(member -> gather(seenAgain, member));
    }
    crew.together(this::multiplyForWeights);
  }

  private void multiplyForWeights(int member) {
    Matrix dy = ofOutput().matrix();
    Matrix x = seenAgain.matrix();
    Part row = part(dy.columns() >= columns, dy.columns(), member);
    Part column = part(dy.columns() < columns, columns, member);
    Gemm.transposedTimes(
        dy.columns(row.from, row.count),
        x.columns(column.from, column.count),
        0,
        weightGradient.part(row.from, column.from, row.count, column.count));
  }

  @Override
  public void backward() {
    crew.together(this::multiplyBack);
    if (gathers) {
      crew.together(this::scatter);
    }
  }

  private void multiplyBack(int member) {
    Matrix dy = ofOutput().matrix();
    boolean byRows = dy.rows() >= crew.members() * ROWS_TO_SHARE;
    Part row = part(byRows, dy.rows(), member);
    Part column = part(!byRows, columns, member);
    Gemm.times(
        dy.rows(row.from, row.count),
        weights.columns(column.from, column.count),
        !gathers && accumulates() ? 1 : 0,
        (gathers ? seenGradient : ofInput())
            .matrix()
            .part(row.from, column.from, row.count, column.count));
  }

  /** Copies the kernel's window at each position; each thread handles whole images. */
  private void gather(Value to, int member) {
    if (taps == 1) {
      pick(to.map(), member);
      return;
    }
    FeatureMap from = input.map();
    float[] image = images[member];
    float[] row = rows[member];
    int plane = from.height() * from.width();
    int width = output.shape().width();
    for (int n = crew.start(from.images(), member);
        n < crew.start(from.images(), member + 1);
        n++) {
      read(from, n * plane, plane, image);
      for (int y = 0; y < output.shape().height(); y++) {
        for (int x = 0; x < width; x++) {
          gather(image, y, x, row, x * columns);
        }
        to.map().write((n * output.shape().height() + y) * width, width, row);
      }
    }
  }

  /** Gathers strided positions, for example every second position of a row. */
  private void pick(FeatureMap to, int member) {
    FeatureMap from = input.map();
    float[] row = rows[member];
    int width = to.width();
    int end = crew.start(to.images() * to.height(), member + 1);
    for (int line = crew.start(to.images() * to.height(), member); line < end; line++) {
      int first = line / to.height() * from.height() * from.width();
      for (int x = 0; x < width; x++) {
        from.read(first + place(line % to.height(), x, 0), 1, row, x * columns);
      }
      to.write(line * width, width, row);
    }
  }

  private void gather(float[] image, int y, int x, float[] row, int at) {
    int channels = input.channels();
    int kernel = window.kernel();
    Shape shape = input.shape();
    int top = y * window.stride() - window.padding();
    int left = x * window.stride() - window.padding();
    for (int tap = 0; tap < taps; tap++) {
      int line = top + tap / kernel;
      int column = left + tap % kernel;
      boolean inside = line >= 0 && line < shape.height() && column >= 0 && column < shape.width();
      int from = (line * shape.width() + column) * channels;
      int to = at + tap;
      for (int c = 0; c < channels; c++, to += taps) {
        row[to] = inside ? image[from + c] : 0;
      }
    }
  }

  /** The input position for one element of the kernel, or -1 in the padding. */
  private int place(int y, int x, int tap) {
    int row = y * window.stride() - window.padding() + tap / window.kernel();
    int column = x * window.stride() - window.padding() + tap % window.kernel();
    Shape shape = input.shape();
    boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
    return inside ? row * shape.width() + column : -1;
  }

  /** Adds the gradients of the windows to the input's gradient. */
  private void scatter(int member) {
    FeatureMap from = seenGradient.map();
    FeatureMap to = inputGradient();
    float[] image = images[member];
    float[] row = rows[member];
    int plane = to.height() * to.width();
    for (int n = crew.start(to.images(), member); n < crew.start(to.images(), member + 1); n++) {
      if (accumulates()) {
        read(to, n * plane, plane, image);
      } else {
        Arrays.fill(image, 0);
      }
      for (int y = 0; y < from.height(); y++) {
        from.read((n * from.height() + y) * from.width(), from.width(), row);
        for (int x = 0; x < from.width(); x++) {
          scatter(row, x * columns, y, x, image);
        }
      }
      for (int at = 0; at < plane; at += to.width()) {
        to.write(n * plane + at, to.width(), image, at * to.channels());
      }
    }
  }

  private void scatter(float[] row, int at, int y, int x, float[] image) {
    int channels = input.channels();
    for (int tap = 0; tap < taps; tap++) {
      int to = place(y, x, tap) * channels;
      if (to >= 0) {
        for (int c = 0; c < channels; c++) {
          image[to + c] += row[at + c * taps + tap];
        }
      }
    }
  }

  private static void read(FeatureMap map, int position, int count, float[] values) {
    for (int at = 0; at < count; at += map.width()) {
      map.read(position + at, map.width(), values, at * map.channels());
    }
  }
}
