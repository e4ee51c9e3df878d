package org.bagnetlab.vision.network.dl4j;

import java.nio.FloatBuffer;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalizationHelper;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation of float32 feature maps on a CPU, plane by plane: each plane is copied to the
 * heap, where the compiler vectorises simple loops. The engine's own backward pass takes ten times
 * as long.
 */
final class PlaneNorm implements BatchNormalizationHelper {

  /** Independent sums, so that additions need not wait for each other. */
  private static final int LANES = 8;

  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[2][0]);

  private float[] batchMean = new float[0];
  private float[] batchVariance = new float[0];
  private float[] inverseDeviation = new float[0];

  @Override
  public INDArray preOutput(
      INDArray x,
      boolean training,
      long[] shape,
      INDArray gamma,
      INDArray beta,
      INDArray runningMean,
      INDArray runningVariance,
      double decay,
      double epsilon,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaces) {
    INDArray input = PlaneMemory.plain(x);
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, x.shape(), 'c');
    Planes planes = new Planes(input);
    FloatBuffer from = PlaneMemory.buffer(input);
    FloatBuffer to = PlaneMemory.buffer(output);
    float[] scale = gamma.toFloatVector();
    float[] shift = beta.toFloatVector();
    float[] usedMean = training ? new float[planes.channels] : runningMean.toFloatVector();
    float[] usedVariance = training ? new float[planes.channels] : runningVariance.toFloatVector();
    float[] inverse = new float[planes.channels];
    PlaneMemory.forEach(
        planes.channels,
        c -> {
          float[] plane = scratch(0, planes.size);
          if (training) {
            measure(planes, from, c, plane, usedMean, usedVariance);
          }
          inverse[c] = (float) (1 / Math.sqrt(usedVariance[c] + epsilon));
          float a = scale[c] * inverse[c];
          float b = shift[c] - a * usedMean[c];
          for (int n = 0; n < planes.images; n++) {
            int offset = planes.offset(n, c);
            from.get(offset, plane, 0, planes.size);
            for (int i = 0; i < planes.size; i++) {
              plane[i] = a * plane[i] + b;
            }
            to.put(offset, plane, 0, planes.size);
          }
        });
    if (training) {
      batchMean = usedMean;
      inverseDeviation = inverse;
      batchVariance = unbiased(usedVariance, (double) planes.images * planes.size);
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray x,
      INDArray error,
      long[] shape,
      INDArray gamma,
      INDArray beta,
      INDArray gammaGradient,
      INDArray betaGradient,
      double epsilon,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaces) {
    INDArray input = PlaneMemory.plain(x);
    INDArray above = PlaneMemory.plain(error);
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'c');
    Planes planes = new Planes(input);
    FloatBuffer values = PlaneMemory.buffer(input);
    FloatBuffer gradients = PlaneMemory.buffer(above);
    FloatBuffer to = PlaneMemory.buffer(output);
    float[] scale = gamma.toFloatVector();
    float[] dGamma = new float[planes.channels];
    float[] dBeta = new float[planes.channels];
    PlaneMemory.forEach(
        planes.channels,
        c -> {
          float[] v = scratch(0, planes.size);
          float[] g = scratch(1, planes.size);
          float center = batchMean[c];
          double sum = 0;
          double product = 0;
          for (int n = 0; n < planes.images; n++) {
            int offset = planes.offset(n, c);
            values.get(offset, v, 0, planes.size);
            gradients.get(offset, g, 0, planes.size);
            sum += sum(g, planes.size);
            product += centeredProduct(v, g, center, planes.size);
          }
          double inverse = inverseDeviation[c];
          double count = (double) planes.images * planes.size;
          dBeta[c] = (float) sum;
          dGamma[c] = (float) (product * inverse);
          // dx = a g + b x + k: the gradient, less its projections on 1 and on the normalised
          // input.
          float a = (float) (scale[c] * inverse);
          float b = (float) (-a * product * inverse * inverse / count);
          float k = (float) (-a * sum / count - b * (double) center);
          for (int n = 0; n < planes.images; n++) {
            int offset = planes.offset(n, c);
            values.get(offset, v, 0, planes.size);
            gradients.get(offset, g, 0, planes.size);
            for (int i = 0; i < planes.size; i++) {
              v[i] = a * g[i] + b * v[i] + k;
            }
            to.put(offset, v, 0, planes.size);
          }
        });
    gammaGradient.assign(Nd4j.createFromArray(dGamma).reshape(gammaGradient.shape()));
    betaGradient.assign(Nd4j.createFromArray(dBeta).reshape(betaGradient.shape()));
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(BatchNormalizationParamInitializer.GAMMA, gammaGradient);
    gradient.setGradientFor(BatchNormalizationParamInitializer.BETA, betaGradient);
    return Pair.of(gradient, output);
  }

  /** Sizes of a batch of feature maps. */
  private static final class Planes {
    private final int images;
    private final int channels;
    private final int size;

    Planes(INDArray maps) {
      images = (int) maps.size(0);
      channels = (int) maps.size(1);
      size = (int) (maps.size(2) * maps.size(3));
    }

    int offset(int image, int channel) {
      return (image * channels + channel) * size;
    }
  }

  /** A channel's mean and biased variance over all images and positions. */
  private static void measure(
      Planes planes, FloatBuffer from, int c, float[] plane, float[] mean, float[] variance) {
    double count = (double) planes.images * planes.size;
    double sum = 0;
    for (int n = 0; n < planes.images; n++) {
      from.get(planes.offset(n, c), plane, 0, planes.size);
      sum += sum(plane, planes.size);
    }
    mean[c] = (float) (sum / count);
    double squares = 0;
    for (int n = 0; n < planes.images; n++) {
      from.get(planes.offset(n, c), plane, 0, planes.size);
      squares += centeredSquares(plane, mean[c], planes.size);
    }
    variance[c] = (float) (squares / count);
  }

  /**
   * What the running variance takes, as in PyTorch; the batch itself is normalised by the biased.
   */
  private static float[] unbiased(float[] variance, double count) {
    float[] unbiased = new float[variance.length];
    for (int c = 0; c < variance.length; c++) {
      unbiased[c] = (float) (variance[c] * count / Math.max(1, count - 1));
    }
    return unbiased;
  }

  private static double sum(float[] values, int size) {
    float[] lanes = new float[LANES];
    int i = 0;
    for (; i + LANES <= size; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += values[i + lane];
      }
    }
    double sum = 0;
    for (; i < size; i++) {
      sum += values[i];
    }
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  private static double centeredSquares(float[] values, float center, int size) {
    float[] lanes = new float[LANES];
    int i = 0;
    for (; i + LANES <= size; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        float value = values[i + lane] - center;
        lanes[lane] += value * value;
      }
    }
    double sum = 0;
    for (; i < size; i++) {
      sum += (double) (values[i] - center) * (values[i] - center);
    }
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  private static double centeredProduct(float[] values, float[] factors, float center, int size) {
    float[] lanes = new float[LANES];
    int i = 0;
    for (; i + LANES <= size; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += (values[i + lane] - center) * factors[i + lane];
      }
    }
    double sum = 0;
    for (; i < size; i++) {
      sum += (double) (values[i] - center) * factors[i];
    }
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  private static float[] scratch(int index, int size) {
    float[][] scratch = SCRATCH.get();
    if (scratch[index].length < size) {
      scratch[index] = new float[size];
    }
    return scratch[index];
  }

  @Override
  public INDArray getMeanCache(DataType type) {
    return Nd4j.createFromArray(batchMean);
  }

  @Override
  public INDArray getVarCache(DataType type) {
    return Nd4j.createFromArray(batchVariance);
  }

  @Override
  public boolean checkSupported(double epsilon, boolean fixedGammaBeta) {
    return true;
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
