package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Passes on the last feature map unchanged. In the backward pass it adds the gradient of the mean
 * absolute value of the logit map (the classifier at every position), if that mean is a part of the
 * loss.
 */
@SuppressWarnings("overrides") // as MapVertex
final class EvidenceVertex extends MapVertex {

  /**
   * The penalty that a step minimises in addition to the cross-entropy.
   *
   * @param factor factor of the mean absolute value
   * @param weights weights of the classifier: [channel, class]
   * @param bias bias of the classifier: [1, class]
   */
  record Penalty(double factor, INDArray weights, INDArray bias) {}

  /**
   * The results of a backward pass. Gradients are sums over the batch, as in the library.
   *
   * @param meanAbsolute mean absolute value of the logit map, without the factor
   * @param ofWeights gradient of the classifier's weights: [channel, class]
   * @param ofBias gradient of the classifier's bias: [class]
   */
  record Found(double meanAbsolute, INDArray ofWeights, INDArray ofBias) implements AutoCloseable {

    @Override
    public void close() {
      ofWeights.close();
      ofBias.close();
    }
  }

  private @Nullable Penalty penalty;
  private @Nullable Found found;

  EvidenceVertex(ComputationGraph graph, String name, int index, DataType precision) {
    super(graph, name, index, precision);
  }

  /** Sets the penalty of the next backward pass; null for no penalty. */
  void penalise(@Nullable Penalty next) {
    penalty = next;
    found = null;
  }

  /** The results of the last backward pass. */
  Found found() {
    return Objects.requireNonNull(found, "no backward pass with a penalty yet");
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, inputs[0]);
  }

  @Override
  public Pair<@Nullable Gradient, INDArray[]> doBackward(
      boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.dup(ArrayType.ACTIVATION_GRAD, Objects.requireNonNull(epsilon), 'c');
    if (penalty != null) {
      found = add(penalty, inputs[0], gradient);
    }
    return new Pair<>(null, new INDArray[] {gradient});
  }

  /**
   * Adds the penalty's gradient to the gradient of the features.
   *
   * @param features features as [image, channel, row, column]
   */
  private static Found add(Penalty penalty, INDArray features, INDArray gradient) {
    long images = features.size(0);
    long channels = features.size(1);
    long height = features.size(2);
    long width = features.size(3);
    INDArray positions =
        features.permute(0, 2, 3, 1).dup('c').reshape('c', images * height * width, channels);
    INDArray logits = positions.mmul(penalty.weights()).addiRowVector(penalty.bias());
    double meanAbsolute = logits.ameanNumber().doubleValue();
    // This is a sum over the images, since the optimiser divides by their number.
    double each = penalty.factor() * images / logits.length();
    INDArray ofLogits = Transforms.sign(logits, false).muli(each);
    gradient.addi(
        ofLogits
            .mmul(penalty.weights().transpose())
            .dup('c')
            .reshape('c', images, height, width, channels)
            .permute(0, 3, 1, 2));
    // These arrays must outlive the workspace of the backward pass.
    return new Found(
        meanAbsolute, positions.transpose().mmul(ofLogits).detach(), ofLogits.sum(0).detach());
  }
}
