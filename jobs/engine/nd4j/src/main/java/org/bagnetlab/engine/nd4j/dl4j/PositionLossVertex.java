package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.vision.network.Objective;
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
 * Passes on the last feature map unchanged. In the backward pass it scales the gradient of the
 * global cross-entropy to its share, and adds the gradients of the parts of the loss that depend on
 * the logit map (the classifier at every position): the local cross-entropy and the mean absolute
 * value.
 */
@SuppressWarnings("overrides") // as MapVertex
final class PositionLossVertex extends MapVertex {

  /**
   * What the next backward pass needs to know.
   *
   * @param objective an objective that uses positions
   * @param targets target probabilities: [image, class]
   * @param weights weights of the classifier: [channel, class]
   * @param bias bias of the classifier: [1, class]
   */
  record Wanted(Objective objective, INDArray targets, INDArray weights, INDArray bias) {}

  /**
   * The results of a backward pass. Gradients are sums over the batch, as in the library.
   *
   * @param crossEntropy mean cross-entropy of positions, without its share; 0 if it is not used
   * @param meanAbsolute mean absolute value of the logit map, without its factor; 0 if it is not
   *     used
   * @param ofWeights gradient of the classifier's weights: [channel, class]
   * @param ofBias gradient of the classifier's bias: [class]
   */
  record Found(double crossEntropy, double meanAbsolute, INDArray ofWeights, INDArray ofBias)
      implements AutoCloseable {

    @Override
    public void close() {
      ofWeights.close();
      ofBias.close();
    }
  }

  private @Nullable Wanted wanted;
  private @Nullable Found found;

  PositionLossVertex(ComputationGraph graph, String name, int index, DataType precision) {
    super(graph, name, index, precision);
  }

  /** Sets what the next backward pass computes; empty if the loss does not use positions. */
  void expect(Optional<Wanted> next) {
    wanted = next.orElse(null);
    found = null;
  }

  /** The results of the last backward pass. */
  Found found() {
    return Objects.requireNonNull(found, "no backward pass that uses positions yet");
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
    if (wanted != null) {
      found = add(wanted, inputs[0], gradient);
    }
    return new Pair<>(null, new INDArray[] {gradient});
  }

  /**
   * Completes the gradient of the features.
   *
   * @param features features as [image, channel, row, column]
   */
  private static Found add(Wanted wanted, INDArray features, INDArray gradient) {
    Objective objective = wanted.objective();
    long images = features.size(0);
    long channels = features.size(1);
    long height = features.size(2);
    long width = features.size(3);
    INDArray positions =
        features.permute(0, 2, 3, 1).dup('c').reshape('c', images * height * width, channels);
    INDArray logits = positions.mmul(wanted.weights()).addiRowVector(wanted.bias());
    // Gradients are sums over the images, since the optimiser divides by their number.
    INDArray ofLogits = Transforms.sign(logits, true);
    ofLogits.muli(objective.sparsity() * images / logits.length());
    double meanAbsolute = objective.sparsity() > 0 ? logits.ameanNumber().doubleValue() : 0;
    double crossEntropy = 0;
    if (objective.localShare() > 0) {
      gradient.muli(1 - objective.localShare());
      INDArray targets = GraphCrossEntropy.repeated(wanted.targets(), height * width);
      crossEntropy = GraphCrossEntropy.mean(logits, targets);
      double each = objective.localShare() / (height * width);
      ofLogits.addi(GraphCrossEntropy.gradientOfSum(logits, targets).muli(each));
    }
    gradient.addi(
        ofLogits
            .mmul(wanted.weights().transpose())
            .dup('c')
            .reshape('c', images, height, width, channels)
            .permute(0, 3, 1, 2));
    // These arrays must outlive the workspace of the backward pass.
    return new Found(
        crossEntropy,
        meanAbsolute,
        positions.transpose().mmul(ofLogits).detach(),
        ofLogits.sum(0).detach());
  }
}
