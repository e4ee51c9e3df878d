package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.PackedWeights;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/**
 * A convolution as products of matrices over all positions of a batch: Y = X W', dW = dY' X, dX =
 * dY W. A row of X has the inputs of the kernel at one position, [channel, row, column] as in the
 * weights. For a 1x1 kernel without a stride, X is the input itself, unless the output is cropped
 * at the bottom and right; otherwise it is gathered first.
 */
public final class MatrixConvolution implements Operation {

  /** With fewer rows per thread, columns are divided among the threads instead. */
  private static final int ROWS_TO_SHARE = 64;

  private final Crew crew;
  private final Window window;
  private final Value input;
  private final Value output;
  private final int taps;
  private final int columns;
  private final PackedWeights packed;
  private final FloatBuffer weights;
  private final FloatBuffer weightGradient;
  private final @Nullable Value seen;
  private final @Nullable Value seenAgain;
  private final float[][] images;
  private final float[][] rows;
  private @Nullable Value seenGradient;
  private @Nullable Value outputGradient;
  private @Nullable Value inputGradient;
  private boolean accumulates;
  private @Nullable Join end;
  private Share[] forward = {};
  private Product[] ofWeights = {};
  private Product[] ofInput = {};

  /** One thread's part of the forward pass: some positions or some panels of the outputs. */
  private record Share(
      FloatBuffer input, FloatBuffer output, Part positions, Part panels, int rowsAtATime) {}

  /** One thread's part of a product: its offset in each matrix, and its size. */
  private record Product(
      FloatBuffer left, FloatBuffer right, FloatBuffer result, int rows, int columns) {}

  public MatrixConvolution(
      Crew crew, Parameters parameters, String name, Window window, Value input, Value output) {
    this.crew = crew;
    this.window = window;
    this.input = input;
    this.output = output;
    taps = window.kernel() * window.kernel();
    columns = input.channels() * taps;
    packed =
        parameters.packed(
            name + ".weight", PackedWeights.Kernels.AS_THEY_ARE, crew.gemm().blocking());
    weights = parameters.values(name + ".weight");
    weightGradient = parameters.gradient(name + ".weight");
    boolean gathers = taps > 1 || window.stride() > 1 || input.positions() != output.positions();
    seen = gathers ? windows(name) : null;
    seenAgain = gathers ? windows(name) : null;
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
    return new Value("windows of " + name, input.images(), shape);
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(input);
    now.needs(output);
    if (seen != null) {
      now.needs(seen);
    }
    if (end != null) {
      end.planForward(now);
    }
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    outputGradient = gradients.of(output);
    now.needs(outputGradient);
    now.needs(input);
    accumulates = gradients.isSet(input);
    inputGradient = gradients.target(input);
    now.needs(inputGradient);
    if (seenAgain != null) {
      now.needs(seenAgain);
      seenGradient =
          new Value("gradient of " + seenAgain.name(), input.images(), seenAgain.shape());
      now.needs(seenGradient);
    }
  }

  @Override
  public void bind(Arena arena) {
    input.bind(arena);
    FeatureMap out = output.bind(arena);
    FeatureMap x = (seen == null ? input : seen).bind(arena);
    int members = crew.members();
    forward = new Share[members];
    for (int m = 0; m < members; m++) {
      Part positions = part(byRows(), out.positions(), m);
      forward[m] =
          new Share(
              Gemm.from(x.memory(), positions.from * x.pitch()),
              Gemm.from(out.memory(), positions.from * out.pitch()),
              positions,
              part(!byRows(), packed.panels(), m),
              end == null ? Math.max(1, positions.count) : packed.cachedRows());
    }
    if (end != null) {
      end.bind(arena);
    }
    if (outputGradient != null && inputGradient != null) {
      bindBackward(
          outputGradient.bind(arena),
          (seenAgain == null ? input : seenAgain).bind(arena),
          (seenGradient == null ? inputGradient : seenGradient).bind(arena));
      inputGradient.bind(arena);
    }
  }

  private void bindBackward(FeatureMap dy, FeatureMap x, FeatureMap dx) {
    int members = crew.members();
    int positions = dy.positions();
    int outputs = dy.channels();
    ofWeights = new Product[members];
    ofInput = new Product[members];
    for (int m = 0; m < members; m++) {
      Part row = part(outputs >= columns, outputs, m);
      Part column = part(outputs < columns, columns, m);
      ofWeights[m] =
          new Product(
              Gemm.from(dy.memory(), row.from),
              Gemm.from(x.memory(), column.from),
              Gemm.from(weightGradient, row.from * columns + column.from),
              row.count,
              column.count);
      row = part(positions >= members * ROWS_TO_SHARE, positions, m);
      column = part(positions < members * ROWS_TO_SHARE, columns, m);
      ofInput[m] =
          new Product(
              Gemm.from(dy.memory(), row.from * dy.pitch()),
              Gemm.from(weights, column.from),
              Gemm.from(dx.memory(), row.from * dx.pitch() + column.from),
              row.count,
              column.count);
    }
  }

  private record Part(int from, int count) {}

  /** A thread's share of a matrix's rows or columns, or all of them. */
  private Part part(boolean shared, int count, int member) {
    int from = shared ? crew.start(count, member) : 0;
    return new Part(from, (shared ? crew.start(count, member + 1) : count) - from);
  }

  private final Crew.Work gather = this::gather;
  private final Crew.Work gatherAgain = this::gatherAgain;
  private final Crew.Work multiply = this::multiply;
  private final Crew.Work multiplyBack = this::multiplyBack;
  private final Crew.Work scatter = this::scatter;

  /** Whether the forward pass is divided by positions; otherwise by outputs. */
  private boolean byRows() {
    return output.positions() >= crew.members() * ROWS_TO_SHARE || packed.panels() < crew.members();
  }

  @Override
  public void forward() {
    packed.refresh(crew);
    if (seen != null) {
      crew.together(gather);
    }
    if (end != null && byRows()) {
      end.prepare();
    }
    crew.together(multiply);
    if (end != null && !byRows()) {
      end.forward();
    }
  }

  private void multiply(int member) {
    Share mine = forward[member];
    int pitch = (seen == null ? input : seen).map().pitch();
    int outPitch = output.map().pitch();
    int x = mine.input.position();
    int y = mine.output.position();
    for (int done = 0; done < mine.positions.count; done += mine.rowsAtATime) {
      int rows = Math.min(mine.rowsAtATime, mine.positions.count - done);
      packed.multiply(
          0,
          rows,
          mine.input.position(x + done * pitch),
          pitch,
          mine.panels.from,
          mine.panels.from + mine.panels.count,
          mine.output.position(y + done * outPitch),
          outPitch);
      if (end != null && byRows()) {
        int from = mine.positions.from + done;
        end.apply(from, from + rows, member);
      }
    }
    mine.input.position(x);
    mine.output.position(y);
  }

  @Override
  public void backward() {
    if (seenAgain != null) {
      crew.together(gatherAgain);
    }
    crew.together(multiplyBack);
    if (seenGradient != null) {
      crew.together(scatter);
    }
  }

  private void multiplyBack(int member) {
    FeatureMap dy = Objects.requireNonNull(outputGradient).map();
    Product mine = ofWeights[member];
    crew.gemm()
        .transposedTimes(
            mine.rows,
            mine.columns,
            output.positions(),
            mine.left,
            dy.pitch(),
            mine.right,
            (seenAgain == null ? input : seenAgain).map().pitch(),
            0,
            mine.result,
            columns);
    mine = ofInput[member];
    Value dx = seenGradient == null ? Objects.requireNonNull(inputGradient) : seenGradient;
    crew.gemm()
        .times(
            mine.rows,
            mine.columns,
            output.channels(),
            mine.left,
            dy.pitch(),
            mine.right,
            columns,
            seenGradient == null && accumulates ? 1 : 0,
            mine.result,
            dx.map().pitch());
  }

  private void gather(int member) {
    gather(Objects.requireNonNull(seen), member);
  }

  private void gatherAgain(int member) {
    gather(Objects.requireNonNull(seenAgain), member);
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
    FeatureMap from = Objects.requireNonNull(seenGradient).map();
    FeatureMap to = Objects.requireNonNull(inputGradient).map();
    float[] image = images[member];
    float[] row = rows[member];
    int plane = to.height() * to.width();
    for (int n = crew.start(to.images(), member); n < crew.start(to.images(), member + 1); n++) {
      if (accumulates) {
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
