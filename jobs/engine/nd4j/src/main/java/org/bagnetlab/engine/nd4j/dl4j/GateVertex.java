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
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@link org.bagnetlab.vision.architecture.Node.Gate}: y = x sigmoid(g), with g [images, channels]
 * or [images, 1, h, w].
 */
@SuppressWarnings("overrides") // as MapVertex
final class GateVertex extends MapVertex {

  GateVertex(ComputationGraph graph, String name, int index, DataType precision) {
    super(graph, name, index, precision);
  }

  /**
   * The dimensions that the map and the gate share, and the dimensions over which the gate is
   * repeated.
   */
  private record Dimensions(int[] shared, int[] repeated) {

    static Dimensions of(INDArray gate) {
      return gate.rank() == 2
          ? new Dimensions(new int[] {0, 1}, new int[] {2, 3})
          : new Dimensions(new int[] {0, 2, 3}, new int[] {1});
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray map = inputs[0];
    INDArray gated =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, map.dataType(), map.shape(), map.ordering());
    multiply(map, opening(), gated);
    return gated;
  }

  @Override
  public Pair<@Nullable Gradient, INDArray[]> doBackward(
      boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray map = inputs[0];
    INDArray above = Objects.requireNonNull(epsilon);
    INDArray opening = opening();
    INDArray ofMap =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, map.dataType(), map.shape(), map.ordering());
    multiply(above, opening, ofMap);
    INDArray slope = opening.rsub(1).muli(opening);
    INDArray ofOpening = above.mul(map).sum(Dimensions.of(inputs[1]).repeated());
    INDArray ofGate =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, map.dataType(), inputs[1].shape(), 'c');
    ofGate.assign(ofOpening.muli(slope).reshape(inputs[1].shape()));
    return new Pair<>(null, new INDArray[] {ofMap, ofGate});
  }

  /** sigmoid(g), without dimensions of length 1. */
  private INDArray opening() {
    INDArray gate = inputs[1];
    INDArray opening = Transforms.sigmoid(gate, true);
    return gate.rank() == 2 ? opening : opening.reshape(gate.size(0), gate.size(2), gate.size(3));
  }

  private void multiply(INDArray map, INDArray opening, INDArray result) {
    Nd4j.exec(new BroadcastMulOp(map, opening, result, Dimensions.of(inputs[1]).shared()));
  }
}
