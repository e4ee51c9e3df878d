package org.bagnetlab.vision.network.dl4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionHelper;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 1x1 convolution without padding and bias of float32 feature maps on a CPU, as a matrix product
 * for each image: Y = W X, dX = W' dY, dW = sum of dY X'. oneDNN's backward pass is slow for these.
 * Images are shared out over the cores, each product runs on one.
 */
final class PointwiseConvolution implements ConvolutionHelper {

  private final int stride;
  private final Scratch scratch;

  /** Memory between two products. A network's layers run one after another and share it. */
  static final class Scratch {
    private FloatBuffer everySecond = FloatBuffer.allocate(0);
    private FloatBuffer partialGradients = FloatBuffer.allocate(0);

    private FloatBuffer everySecond(int values) {
      if (everySecond.capacity() < values) {
        everySecond = PlaneMemory.allocate(values);
      }
      return everySecond;
    }

    private FloatBuffer partialGradients(int values) {
      if (partialGradients.capacity() < values) {
        partialGradients = PlaneMemory.allocate(values);
      }
      return partialGradients;
    }
  }

  PointwiseConvolution(int stride, Scratch scratch) {
    this.stride = stride;
    this.scratch = scratch;
  }

  /** Sizes of a batch before and after the convolution. */
  private record Sizes(
      int images, int inputs, int outputs, int height, int width, int outHeight, int outWidth) {

    static Sizes of(INDArray input, INDArray weights, int stride) {
      int height = (int) input.size(2);
      int width = (int) input.size(3);
      return new Sizes(
          (int) input.size(0),
          (int) input.size(1),
          (int) weights.size(0),
          height,
          width,
          (height - 1) / stride + 1,
          (width - 1) / stride + 1);
    }

    int plane() {
      return outHeight * outWidth;
    }
  }

  @Override
  public INDArray preOutput(
      INDArray x,
      INDArray weights,
      @Nullable INDArray bias,
      int[] kernel,
      int[] strides,
      int[] padding,
      ConvolutionLayer.AlgoMode mode,
      ConvolutionLayer.FwdAlgo algorithm,
      ConvolutionMode convolutionMode,
      int[] dilation,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaces) {
    INDArray input = PlaneMemory.plain(x);
    Sizes sizes = Sizes.of(input, weights, stride);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            DataType.FLOAT,
            new long[] {sizes.images, sizes.outputs, sizes.outHeight, sizes.outWidth},
            'c');
    FloatBuffer from = gathered(input, sizes);
    FloatBuffer w = PlaneMemory.buffer(PlaneMemory.plain(weights));
    FloatBuffer to = PlaneMemory.buffer(output);
    int plane = sizes.plane();
    PlaneMemory.forEach(
        sizes.images,
        n ->
            cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                sizes.outputs,
                plane,
                sizes.inputs,
                1,
                w,
                sizes.inputs,
                PlaneMemory.from(from, n * sizes.inputs * plane),
                plane,
                0,
                PlaneMemory.from(to, n * sizes.outputs * plane),
                plane));
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray x,
      INDArray weights,
      @Nullable INDArray bias,
      INDArray delta,
      int[] kernel,
      int[] strides,
      int[] padding,
      @Nullable INDArray biasGradient,
      INDArray weightGradient,
      IActivation activation,
      ConvolutionLayer.AlgoMode mode,
      ConvolutionLayer.BwdFilterAlgo filterAlgorithm,
      ConvolutionLayer.BwdDataAlgo dataAlgorithm,
      ConvolutionMode convolutionMode,
      int[] dilation,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaces) {
    INDArray input = PlaneMemory.plain(x);
    INDArray above = PlaneMemory.plain(delta);
    Sizes sizes = Sizes.of(input, weights, stride);
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
    FloatBuffer dy = PlaneMemory.buffer(above);
    FloatBuffer w = PlaneMemory.buffer(PlaneMemory.plain(weights));
    multiplyGradients(gathered(input, sizes), dy, sizes, weightGradient);
    if (stride == 1) {
      multiplyBack(w, dy, PlaneMemory.buffer(output), sizes);
    } else {
      output.assign(0);
      FloatBuffer some = scratch.everySecond(sizes.images * sizes.inputs * sizes.plane());
      multiplyBack(w, dy, some, sizes);
      scatter(some, PlaneMemory.buffer(output), sizes);
    }
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightGradient, 'c');
    return Pair.of(gradient, output);
  }

  private static void multiplyBack(FloatBuffer w, FloatBuffer dy, FloatBuffer dx, Sizes sizes) {
    int plane = sizes.plane();
    PlaneMemory.forEach(
        sizes.images,
        n ->
            cblas_sgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                sizes.inputs,
                plane,
                sizes.outputs,
                1,
                w,
                sizes.inputs,
                PlaneMemory.from(dy, n * sizes.outputs * plane),
                plane,
                0,
                PlaneMemory.from(dx, n * sizes.inputs * plane),
                plane));
  }

  /** Each core adds up the products of its share of the images; the shares are added at the end. */
  private void multiplyGradients(
      FloatBuffer input, FloatBuffer dy, Sizes sizes, INDArray weightGradient) {
    int shares = Math.min(sizes.images, Runtime.getRuntime().availableProcessors());
    int weights = sizes.inputs * sizes.outputs;
    FloatBuffer partial = scratch.partialGradients(shares * weights);
    int plane = sizes.plane();
    PlaneMemory.forEach(
        shares,
        share -> {
          for (int n = share; n < sizes.images; n += shares) {
            cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                sizes.outputs,
                sizes.inputs,
                plane,
                1,
                PlaneMemory.from(dy, n * sizes.outputs * plane),
                plane,
                PlaneMemory.from(input, n * sizes.inputs * plane),
                plane,
                n == share ? 0 : 1,
                PlaneMemory.from(partial, share * weights),
                sizes.inputs);
          }
        });
    float[] sum = new float[weights];
    float[] part = new float[weights];
    for (int share = 0; share < shares; share++) {
      partial.get(share * weights, part, 0, weights);
      for (int i = 0; i < weights; i++) {
        sum[i] += part[i];
      }
    }
    PlaneMemory.buffer(weightGradient).put(0, sum, 0, weights);
  }

  /** The input where the convolution looks at it: all of it, or every second row and column. */
  private FloatBuffer gathered(INDArray input, Sizes sizes) {
    FloatBuffer all = PlaneMemory.buffer(input);
    if (stride == 1) {
      return all;
    }
    int planes = sizes.images * sizes.inputs;
    FloatBuffer some = scratch.everySecond(planes * sizes.plane());
    PlaneMemory.forEach(
        planes,
        p -> {
          int to = p * sizes.plane();
          for (int row = 0; row < sizes.outHeight; row++) {
            int from = (p * sizes.height + row * stride) * sizes.width;
            for (int column = 0; column < sizes.outWidth; column++) {
              some.put(to++, all.get(from + column * stride));
            }
          }
        });
    return some;
  }

  private void scatter(FloatBuffer some, FloatBuffer all, Sizes sizes) {
    PlaneMemory.forEach(
        sizes.images * sizes.inputs,
        p -> {
          int from = p * sizes.plane();
          for (int row = 0; row < sizes.outHeight; row++) {
            int to = (p * sizes.height + row * stride) * sizes.width;
            for (int column = 0; column < sizes.outWidth; column++) {
              all.put(to + column * stride, some.get(from++));
            }
          }
        });
  }

  @Override
  public INDArray activate(INDArray z, IActivation activation, boolean training) {
    return activation.getActivation(z, training);
  }

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    return Map.of();
  }
}
