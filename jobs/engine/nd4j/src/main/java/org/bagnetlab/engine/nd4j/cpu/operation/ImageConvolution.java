package org.bagnetlab.engine.nd4j.cpu.operation;

import java.util.Arrays;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Image;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of the input image, computed as one matrix product for a few output rows at a
 * time, since library kernels are slow for the few channels of an image.
 */
public final class ImageConvolution implements WeightedOperation {

  private final Crew crew;
  private final StemWeights weights;
  private final Window window;
  private final Image image;
  private final Value output;
  private final Pass pass;
  private final int inputs;
  private final int columns;
  private final float[][] heap;
  private final Matrix[] rowsOfWindows;
  private final Matrix[] partial;
  private @Nullable Value outputGradient;

  /** Output rows per matrix product. */
  private final int rowsAtATime;

  public ImageConvolution(
      Crew crew,
      Scratch scratch,
      StemWeights weights,
      Window window,
      Image image,
      Value output,
      Pass pass) {
    this.crew = crew;
    this.weights = weights;
    this.window = window;
    this.image = image;
    this.output = output;
    this.pass = pass;
    inputs = image.channels();
    columns = inputs * window.kernel() * window.kernel();
    int width = output.shape().width();
    rowsAtATime = Math.max(1, 512 / width);
    int members = crew.members();
    heap = new float[members][rowsAtATime * width * columns];
    rowsOfWindows = new Matrix[members];
    partial = new Matrix[members];
    for (int m = 0; m < members; m++) {
      rowsOfWindows[m] = scratch.matrix(rowsAtATime * width, columns, output.type());
      partial[m] = scratch.matrix(output.channels(), columns);
    }
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(output);
  }

  @Override
  public void planWeightGradient(Timeline now, Gradients gradients) {
    now.needs(gradients.of(output));
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    outputGradient = gradients.of(output);
    now.needs(outputGradient);
  }

  @Override
  public void forward() {
    weights.refresh();
    crew.together(this::multiply);
  }

  private void multiply(int member) {
    FeatureMap out = output.map();
    int rows = out.images() * out.height();
    int end = crew.start(rows, member + 1);
    for (int row = crew.start(rows, member); row < end; row += rowsAtATime) {
      int positions = Math.min(rowsAtATime, end - row) * out.width();
      collect(row, positions / out.width(), member);
      Gemm.timesTransposed(
          rowsOfWindows[member].rows(0, positions),
          weights.values(),
          output.matrix().rows(row * out.width(), positions));
    }
  }

  @Override
  public void backward() {
    if (pass == Pass.INPUT_GRADIENT) {
      crew.together(this::passToImage);
    }
  }

  @Override
  public void weightGradient() {
    crew.together(this::multiplyBack);
    float[] sum = new float[output.channels() * columns];
    float[] part = new float[sum.length];
    for (Matrix each : partial) {
      each.memory().get(0, part);
      crew.loops().add(sum, part, sum.length);
    }
    weights.takeGradient(sum);
  }

  private void multiplyBack(int member) {
    FeatureMap above = Objects.requireNonNull(outputGradient).map();
    int rows = above.images() * above.height();
    int end = crew.start(rows, member + 1);
    float beta = 0;
    for (int row = crew.start(rows, member); row < end; row += rowsAtATime) {
      int positions = Math.min(rowsAtATime, end - row) * above.width();
      collect(row, positions / above.width(), member);
      Gemm.transposedTimes(
          Objects.requireNonNull(outputGradient).matrix().rows(row * above.width(), positions),
          rowsOfWindows[member].rows(0, positions),
          beta,
          partial[member]);
      beta = 1;
    }
    if (beta == 0) {
      partial[member].memory().put(0, new float[output.channels() * columns]);
    }
  }

  /** Adds the gradients of windows to the image's gradient; each thread handles whole images. */
  private void passToImage(int member) {
    FeatureMap above = Objects.requireNonNull(outputGradient).map();
    int end = crew.start(above.images(), member + 1) * above.height();
    int first = crew.start(above.images(), member) * above.height();
    for (int row = first; row < end; row += rowsAtATime) {
      int rows = Math.min(rowsAtATime, end - row);
      int positions = rows * above.width();
      Gemm.times(
          Objects.requireNonNull(outputGradient).matrix().rows(row * above.width(), positions),
          weights.values(),
          0,
          rowsOfWindows[member].rows(0, positions));
      spread(row, rows, member);
    }
  }

  /** The reverse of {@link #collect}. */
  private void spread(int firstRow, int rows, int member) {
    float[] from = heap[member];
    float[] pixels = image.gradientToAddTo();
    int width = output.shape().width();
    int height = output.shape().height();
    int kernel = window.kernel();
    rowsOfWindows[member].memory().get(0, from, 0, rows * width * columns);
    int at = 0;
    for (int r = firstRow; r < firstRow + rows; r++) {
      int top = r % height * window.stride() - window.padding();
      for (int column = 0; column < width; column++) {
        int left = column * window.stride() - window.padding();
        for (int tap = 0; tap < kernel * kernel; tap++, at += inputs) {
          int y = top + tap / kernel;
          int x = left + tap % kernel;
          if (y >= 0 && y < image.height() && x >= 0 && x < image.width()) {
            int to = ((r / height * image.height() + y) * image.width() + x) * inputs;
            for (int c = 0; c < inputs; c++) {
              pixels[to + c] += from[at + c];
            }
          }
        }
      }
    }
  }

  /** Copies the windows of some output rows: [position, row and column in the window, channel]. */
  private void collect(int firstRow, int rows, int member) {
    float[] to = heap[member];
    float[] pixels = image.values();
    int kernel = window.kernel();
    int run = kernel * inputs;
    int width = output.shape().width();
    int height = output.shape().height();
    int at = 0;
    for (int r = firstRow; r < firstRow + rows; r++) {
      int base = r / height * image.height();
      int top = r % height * window.stride() - window.padding();
      for (int column = 0; column < width; column++) {
        int left = column * window.stride() - window.padding();
        int skip = Math.max(0, -left);
        int inside = Math.min(kernel, image.width() - left) - skip;
        for (int y = top; y < top + kernel; y++) {
          if (y < 0 || y >= image.height()) {
            Arrays.fill(to, at, at + run, 0);
          } else {
            int source = ((base + y) * image.width() + left + skip) * inputs;
            if (inside < kernel) {
              Arrays.fill(to, at, at + run, 0);
            }
            System.arraycopy(pixels, source, to, at + skip * inputs, inside * inputs);
          }
          at += run;
        }
      }
    }
    rowsOfWindows[member].memory().put(0, to, 0, at);
  }
}
