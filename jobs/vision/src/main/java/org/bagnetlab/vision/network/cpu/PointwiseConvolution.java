package org.bagnetlab.vision.network.cpu;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A 1x1 convolution without padding as matrix products over all positions of a batch: Y = X W', dX
 * = dY W, dW = dY' X. With a stride, every second row and column of the input is gathered first.
 */
final class PointwiseConvolution implements Operation {

  private final Crew crew;
  private final int stride;
  private final Value input;
  private final Value output;
  private final FloatBuffer weights;
  private final FloatBuffer weightGradient;
  private final @Nullable Value gathered;
  private final @Nullable Value gatheredAgain;
  private @Nullable Value gatheredGradient;
  private @Nullable Value outputGradient;
  private @Nullable Value inputGradient;
  private boolean accumulates;
  private final float[][] row;

  /** What one member multiplies. */
  private record Share(FloatBuffer x, FloatBuffer w, FloatBuffer y, int positions, int outputs) {}

  private record BackwardShare(
      FloatBuffer dy,
      FloatBuffer dx,
      int positions,
      FloatBuffer dyColumns,
      FloatBuffer xColumns,
      FloatBuffer dw,
      int outputs,
      int inputs) {}

  private Share @Nullable [] forwardShares;
  private BackwardShare @Nullable [] backwardShares;

  PointwiseConvolution(
      Crew crew, Parameters parameters, String name, int stride, Value input, Value output) {
    this.crew = crew;
    this.stride = stride;
    this.input = input;
    this.output = output;
    weights = parameters.values(name + ".weight");
    weightGradient = parameters.gradient(name + ".weight");
    boolean gathers = stride > 1;
    Shape seen = new Shape(input.channels(), output.shape().height(), output.shape().width());
    gathered =
        gathers ? new Value(input.name() + " as seen by " + name, input.images(), seen) : null;
    gatheredAgain =
        gathers ? new Value(input.name() + " as seen by " + name, input.images(), seen) : null;
    row = new float[crew.members()][];
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(input);
    now.needs(output);
    if (gathered != null) {
      now.needs(gathered);
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
    if (gatheredAgain != null) {
      now.needs(gatheredAgain);
      gatheredGradient =
          new Value("gradient of " + gatheredAgain.name(), input.images(), gatheredAgain.shape());
      now.needs(gatheredGradient);
    }
  }

  @Override
  public void bind(Arena arena) {
    FeatureMap in = input.bind(arena);
    FeatureMap out = output.bind(arena);
    FeatureMap seen = gathered == null ? in : gathered.bind(arena);
    for (int member = 0; member < row.length; member++) {
      row[member] = new float[in.channels()];
    }
    int members = crew.members();
    int positions = out.positions();
    int inputs = in.channels();
    int outputs = out.channels();
    forwardShares = new Share[members];
    boolean byPositions = positions >= members * 64 || positions >= outputs;
    for (int m = 0; m < members; m++) {
      int row = byPositions ? crew.start(positions, m) : 0;
      int rows = byPositions ? crew.start(positions, m + 1) - row : positions;
      int column = byPositions ? 0 : crew.start(outputs, m);
      int columns = byPositions ? outputs : crew.start(outputs, m + 1) - column;
      forwardShares[m] =
          new Share(
              Gemm.from(seen.memory(), row * seen.pitch()),
              Gemm.from(weights, column * inputs),
              Gemm.from(out.memory(), row * out.pitch() + column),
              rows,
              columns);
    }
    if (outputGradient == null) {
      return;
    }
    FeatureMap above = outputGradient.bind(arena);
    FeatureMap seenAgain = gatheredAgain == null ? in : gatheredAgain.bind(arena);
    FeatureMap below = Objects.requireNonNull(inputGradient).bind(arena);
    if (gatheredGradient != null) {
      below = gatheredGradient.bind(arena);
    }
    backwardShares = new BackwardShare[members];
    boolean byOutputs = outputs >= inputs;
    for (int m = 0; m < members; m++) {
      int row = crew.start(positions, m);
      int rows = crew.start(positions, m + 1) - row;
      int firstOutput = byOutputs ? crew.start(outputs, m) : 0;
      int someOutputs = byOutputs ? crew.start(outputs, m + 1) - firstOutput : outputs;
      int firstInput = byOutputs ? 0 : crew.start(inputs, m);
      int someInputs = byOutputs ? inputs : crew.start(inputs, m + 1) - firstInput;
      backwardShares[m] =
          new BackwardShare(
              Gemm.from(above.memory(), row * above.pitch()),
              Gemm.from(below.memory(), row * below.pitch()),
              rows,
              Gemm.from(above.memory(), firstOutput),
              Gemm.from(seenAgain.memory(), firstInput),
              Gemm.from(weightGradient, firstOutput * inputs + firstInput),
              someOutputs,
              someInputs);
    }
  }

  private final Crew.Work gather = this::gather;
  private final Crew.Work gatherAgain = this::gatherAgain;
  private final Crew.Work multiply = this::multiply;
  private final Crew.Work multiplyBack = this::multiplyBack;
  private final Crew.Work scatter = this::scatter;

  @Override
  public void forward() {
    if (gathered != null) {
      crew.together(gather);
    }
    crew.together(multiply);
  }

  private void multiply(int member) {
    Share share = Objects.requireNonNull(forwardShares)[member];
    Gemm.timesTransposed(
        share.positions,
        share.outputs,
        input.channels(),
        share.x,
        seen(gathered).pitch(),
        share.w,
        input.channels(),
        0,
        share.y,
        output.map().pitch());
  }

  private FeatureMap seen(@Nullable Value copy) {
    return copy == null ? input.map() : copy.map();
  }

  @Override
  public void backward() {
    if (gatheredAgain != null) {
      crew.together(gatherAgain);
    }
    crew.together(multiplyBack);
    if (gatheredGradient != null) {
      crew.together(scatter);
    }
  }

  private void multiplyBack(int member) {
    BackwardShare share = Objects.requireNonNull(backwardShares)[member];
    FeatureMap above = Objects.requireNonNull(outputGradient).map();
    Gemm.transposedTimes(
        share.outputs,
        share.inputs,
        output.positions(),
        share.dyColumns,
        above.pitch(),
        share.xColumns,
        seen(gatheredAgain).pitch(),
        0,
        share.dw,
        input.channels());
    boolean direct = gatheredGradient == null;
    Value below =
        gatheredGradient == null ? Objects.requireNonNull(inputGradient) : gatheredGradient;
    Gemm.times(
        share.positions,
        input.channels(),
        output.channels(),
        share.dy,
        above.pitch(),
        weights,
        input.channels(),
        direct && accumulates ? 1 : 0,
        share.dx,
        below.map().pitch());
  }

  private void gather(int member) {
    gather(Objects.requireNonNull(gathered).map(), member);
  }

  private void gatherAgain(int member) {
    gather(Objects.requireNonNull(gatheredAgain).map(), member);
  }

  private void gather(FeatureMap to, int member) {
    FeatureMap from = input.map();
    float[] position = Objects.requireNonNull(row[member]);
    int rows = to.images() * to.height();
    for (int r = crew.start(rows, member); r < crew.start(rows, member + 1); r++) {
      int source = sourceRow(r, from, to);
      for (int column = 0; column < to.width(); column++) {
        from.read(source + column * stride, 1, position);
        to.write(r * to.width() + column, 1, position);
      }
    }
  }

  /** Sends each gradient to where its value came from; in between the convolution saw nothing. */
  private void scatter(int member) {
    FeatureMap from = Objects.requireNonNull(gatheredGradient).map();
    FeatureMap to = Objects.requireNonNull(inputGradient).map();
    int channels = to.channels();
    float[] seen = new float[from.width() * channels];
    float[] line = new float[to.width() * channels];
    int rows = to.images() * to.height();
    for (int r = crew.start(rows, member); r < crew.start(rows, member + 1); r++) {
      int row = r % to.height();
      boolean hit = row % stride == 0 && row / stride < from.height();
      if (accumulates) {
        if (!hit) {
          continue;
        }
        to.read(r * to.width(), to.width(), line);
      } else {
        Arrays.fill(line, 0);
      }
      if (hit) {
        int source = (r / to.height() * from.height() + row / stride) * from.width();
        from.read(source, from.width(), seen);
        for (int column = 0; column < from.width(); column++) {
          int at = column * stride * channels;
          for (int c = 0; c < channels; c++) {
            line[at + c] += seen[column * channels + c];
          }
        }
      }
      to.write(r * to.width(), to.width(), line);
    }
  }

  private int sourceRow(int row, FeatureMap from, FeatureMap to) {
    return (row / to.height() * from.height() + row % to.height() * stride) * from.width();
  }
}
