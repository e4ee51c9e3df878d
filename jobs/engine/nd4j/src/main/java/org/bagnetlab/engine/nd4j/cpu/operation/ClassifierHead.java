package org.bagnetlab.engine.nd4j.cpu.operation;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.kernel.Gemm;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.kernel.Numbers;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.jspecify.annotations.Nullable;

/**
 * The end of a network: the mean of the features over all positions, a linear layer, and in
 * training the cross-entropy of the logits, to which {@link PositionLoss} may be added. Without the
 * mean, the head computes the logits of every position.
 */
public final class ClassifierHead implements Operation {

  private final Crew crew;
  private final Value features;
  private final boolean pooled;
  private final int classes;
  private final int rows;
  private final Matrix weights;
  private final FloatBuffer bias;
  private final Matrix weightGradient;
  private final FloatBuffer biasGradient;
  private final Matrix means;
  private final Matrix logits;
  private final float[][] blocks;
  private final PositionLoss positionLoss;
  private @Nullable Value featureGradient;
  private boolean accumulates;
  private float[] logitGradient = new float[0];

  /**
   * The position of each image to which gradients are passed back; empty if they are passed to all
   * positions in equal parts.
   */
  private OptionalInt onlyPosition = OptionalInt.empty();

  /** Creates a head for the mean over all positions, or for each position. */
  public ClassifierHead(
      Crew crew,
      Parameters parameters,
      Scratch scratch,
      String name,
      Value features,
      boolean pooled) {
    this.crew = crew;
    this.features = features;
    this.pooled = pooled;
    weights = parameters.weights(name + ".weight");
    bias = parameters.values(name + ".bias");
    weightGradient = parameters.weightGradient(name + ".weight");
    biasGradient = parameters.gradient(name + ".bias");
    classes = bias.capacity();
    rows = pooled ? features.images() : features.positions();
    means = scratch.matrix(pooled ? rows : 0, features.channels());
    logits = scratch.matrix(rows, classes);
    blocks = new float[crew.members()][Block.values(features.channels())];
    positionLoss = new PositionLoss(crew, scratch, features, weights, bias);
  }

  @Override
  public void planForward(Timeline now) {
    now.needs(features);
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    accumulates = gradients.isSet(features);
    featureGradient = gradients.target(features);
    now.needs(featureGradient);
  }

  private final Crew.Work average = this::average;
  private final Crew.Work classify = this::classify;
  private final Crew.Work spread = this::spread;

  @Override
  public void forward() {
    if (pooled) {
      crew.together(average);
      classify(means, 0, rows);
    } else {
      crew.together(classify);
    }
  }

  private void average(int member) {
    FeatureMap from = features.map();
    float[] x = blocks[member];
    int channels = from.channels();
    int plane = from.height() * from.width();
    double[] sum = new double[channels];
    float[] mean = new float[channels];
    for (int n = crew.start(rows, member); n < crew.start(rows, member + 1); n++) {
      Arrays.fill(sum, 0);
      for (int at = 0; at < plane; ) {
        int count =
            Math.min(Math.min(Block.positions(channels), plane - at), from.run(n * plane + at));
        from.read(n * plane + at, count, x);
        for (int i = 0; i < count; i++) {
          for (int c = 0; c < channels; c++) {
            sum[c] += x[i * channels + c];
          }
        }
        at += count;
      }
      for (int c = 0; c < channels; c++) {
        mean[c] = (float) (sum[c] / plane);
      }
      means.memory().put(n * channels, mean);
    }
  }

  private void classify(int member) {
    int from = crew.start(rows, member);
    classify(features.matrix(), from, crew.start(rows, member + 1) - from);
  }

  private void classify(Matrix x, int from, int count) {
    Gemm.timesTransposed(x.rows(from, count), weights, logits.rows(from, count));
    Numbers values = logits.memory();
    for (int i = from * classes; i < (from + count) * classes; i++) {
      values.put(i, values.get(i) + bias.get(i % classes));
    }
  }

  /** The logits: [image or position, class]. */
  public float[] logits() {
    float[] values = new float[rows * classes];
    logits.memory().get(0, values);
    return values;
  }

  /**
   * Computes the loss and its gradient with respect to the logits, and the number of images whose
   * label has the largest logit.
   */
  public Step judge(Targets targets, Objective objective) {
    float[] values = logits();
    logitGradient = new float[values.length];
    double globalShare = 1 - objective.localShare();
    double global =
        CrossEntropy.addGradient(values, classes, 1, targets, globalShare, logitGradient);
    int correct = 0;
    for (int n = 0; n < rows; n++) {
      int decision = CrossEntropy.largest(values, n * classes, classes);
      correct += decision == targets.labels()[n] ? 1 : 0;
    }
    PositionLoss.Parts ofPositions = positionLoss.judge(targets, objective);
    double local = ofPositions.crossEntropy();
    return new Step.Computed(
        globalShare * global + objective.localShare() * local, correct, ofPositions.meanEvidence());
  }

  /**
   * Makes the backward pass start from one logit of each image, or from the same logit at one
   * position of the features.
   */
  public void choose(int[] labels, Optional<Position> position) {
    int width = features.shape().width();
    onlyPosition =
        position.stream().mapToInt(only -> only.row() * width + only.column()).findFirst();
    logitGradient = new float[rows * classes];
    for (int n = 0; n < rows; n++) {
      logitGradient[n * classes + labels[n]] = 1;
    }
  }

  @Override
  public void backward() {
    logits.memory().put(0, logitGradient);
    float beta = positionLoss.startGradient(weightGradient.memory()) ? 1 : 0;
    Gemm.transposedTimes(logits, means, beta, weightGradient);
    float[] sum = positionLoss.biasGradient();
    for (int i = 0; i < logitGradient.length; i++) {
      sum[i % classes] += logitGradient[i];
    }
    biasGradient.put(0, sum);
    Gemm.times(logits, weights, 0, means);
    crew.together(spread);
  }

  private void spread(int member) {
    FeatureMap to = Objects.requireNonNull(featureGradient).map();
    int channels = to.channels();
    int plane = to.height() * to.width();
    int most = Block.positions(channels);
    float[] dx = blocks[member];
    float[] mean = new float[channels];
    float[] more = accumulates ? new float[dx.length] : dx;
    for (int n = crew.start(rows, member); n < crew.start(rows, member + 1); n++) {
      means.memory().get(n * channels, mean);
      for (int c = 0; c < channels && onlyPosition.isEmpty(); c++) {
        mean[c] /= plane;
      }
      for (int at = 0; at < plane; ) {
        int count = Math.min(Math.min(most, plane - at), to.run(n * plane + at));
        for (int i = 0; i < count; i++) {
          if (reaches(at + i)) {
            System.arraycopy(mean, 0, dx, i * channels, channels);
          } else {
            Arrays.fill(dx, i * channels, (i + 1) * channels, 0);
          }
        }
        positionLoss.addGradient(n * plane + at, count, dx);
        if (accumulates) {
          to.read(n * plane + at, count, more);
          crew.loops().add(dx, more, count * channels);
        }
        to.write(n * plane + at, count, dx);
        at += count;
      }
    }
  }

  /** Whether the gradient is passed back to a position of an image. */
  private boolean reaches(int position) {
    return onlyPosition.isEmpty() || onlyPosition.getAsInt() == position;
  }
}
