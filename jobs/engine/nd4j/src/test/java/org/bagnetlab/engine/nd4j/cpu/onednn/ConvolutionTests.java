package org.bagnetlab.engine.nd4j.cpu.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions and their gradients against sums in double. */
@Timeout(60)
class ConvolutionTests {

  private static final double ROUNDING = 1e-4;

  /** Images, height, width, channels, outputs, and the window. */
  private record Sizes(int n, int h, int w, int in, int out, Window window) {
    int outHeight() {
      return (h + 2 * window.padding() - window.kernel()) / window.stride() + 1;
    }

    int outWidth() {
      return (w + 2 * window.padding() - window.kernel()) / window.stride() + 1;
    }
  }

  /** Adds something for each product that a convolution sums. */
  @FunctionalInterface
  private interface Term {
    void add(int output, int input, int weight);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 5, 1, 1, 3, 1, 0",
    "2, 9, 7, 16, 32, 3, 1, 1",
    "3, 8, 11, 17, 5, 3, 2, 1",
    // The window does not reach the last row and column.
    "2, 10, 8, 24, 12, 3, 2, 0",
    "2, 14, 14, 3, 20, 7, 2, 3",
    "1, 6, 6, 64, 64, 5, 3, 2",
  })
  void convolutionsAndTheirGradientsAreSums(
      int n, int h, int w, int in, int out, int kernel, int stride, int padding) {
    Sizes sizes = new Sizes(n, h, w, in, out, new Window(kernel, stride, padding));
    Random random = new Random(5);
    FloatBuffer input = random(n * h * w * in, random);
    FloatBuffer weights = random(out * in * kernel * kernel, random);
    FloatBuffer output = random(n * sizes.outHeight() * sizes.outWidth() * out, random);
    FloatBuffer above = random(output.capacity(), random);
    FloatBuffer below = random(input.capacity(), random);
    FloatBuffer weightGradient = random(weights.capacity(), random);
    Convolution convolution =
        new Convolution(
            2,
            new Convolution.Sizes(
                n,
                new Shape(in, h, w),
                new Shape(out, sizes.outHeight(), sizes.outWidth()),
                sizes.window,
                NumberType.FLOAT32),
            true);
    Convolution.Forward forward =
        convolution
        .new Forward(
            MemorySegment.ofBuffer(input),
            weights,
            random((int) convolution.packedFloats(), random),
            random((int) convolution.forwardFloats(), random),
            MemorySegment.ofBuffer(output));
    Convolution.InputGradient toInput = convolution.new InputGradient();
    Convolution.WeightGradient toWeights = convolution.new WeightGradient();
    forward.pack();
    forward.run();
    toWeights
        .in(
            MemorySegment.ofBuffer(input),
            random((int) toWeights.floats(), random),
            MemorySegment.ofBuffer(above),
            weightGradient)
        .run();
    toInput
        .in(
            weights,
            random((int) toInput.floats(), random),
            MemorySegment.ofBuffer(above),
            MemorySegment.ofBuffer(below))
        .run();

    double[] sums = new double[output.capacity()];
    double[] ofInput = new double[input.capacity()];
    double[] ofWeights = new double[weights.capacity()];
    terms(
        sizes,
        (o, i, k) -> {
          sums[o] += (double) input.get(i) * weights.get(k);
          ofInput[i] += (double) above.get(o) * weights.get(k);
          ofWeights[k] += (double) above.get(o) * input.get(i);
        });
    assertClose(output, sums);
    assertClose(below, ofInput);
    assertClose(weightGradient, ofWeights);

    for (int i = 0; i < weights.capacity(); i++) {
      weights.put(i, 2 * weights.get(i));
    }
    forward.pack();
    forward.run();
    assertThat((double) output.get(0)).isCloseTo(2 * sums[0], within(ROUNDING));
  }

  private static void terms(Sizes s, Term term) {
    int kernel = s.window.kernel();
    for (int n = 0; n < s.n; n++) {
      for (int y = 0; y < s.outHeight(); y++) {
        for (int x = 0; x < s.outWidth(); x++) {
          for (int tap = 0; tap < kernel * kernel; tap++) {
            int row = y * s.window.stride() - s.window.padding() + tap / kernel;
            int column = x * s.window.stride() - s.window.padding() + tap % kernel;
            if (row >= 0 && row < s.h && column >= 0 && column < s.w) {
              int o = ((n * s.outHeight() + y) * s.outWidth() + x) * s.out;
              int i = ((n * s.h + row) * s.w + column) * s.in;
              channels(s, o, i, tap, term);
            }
          }
        }
      }
    }
  }

  private static void channels(Sizes s, int output, int input, int tap, Term term) {
    int taps = s.window.kernel() * s.window.kernel();
    for (int o = 0; o < s.out; o++) {
      for (int i = 0; i < s.in; i++) {
        term.add(output + o, input + i, (o * s.in + i) * taps + tap);
      }
    }
  }

  private static FloatBuffer random(int size, Random random) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(size * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < size; i++) {
      buffer.put(i, (float) random.nextGaussian());
    }
    return buffer;
  }

  private static void assertClose(FloatBuffer actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.get(i)).as("value %d", i).isCloseTo(expected[i], within(ROUNDING));
    }
  }
}
