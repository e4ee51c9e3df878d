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
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.transforms.any.IsMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** {@link org.bagnetlab.vision.architecture.Node.ChannelPool}: the largest value, then the mean. */
@SuppressWarnings("overrides") // as MapVertex
final class ChannelPoolVertex extends MapVertex {

  private static final int LARGEST = 0;
  private static final int MEAN = 1;

  ChannelPoolVertex(ComputationGraph graph, String name, int index, DataType precision) {
    super(graph, name, index, precision);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray map = inputs[0];
    INDArray pooled =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            map.dataType(),
            new long[] {map.size(0), 2, map.size(2), map.size(3)},
            'c');
    pooled.get(channel(LARGEST)).assign(map.max(1));
    pooled.get(channel(MEAN)).assign(map.mean(1));
    return pooled;
  }

  @Override
  public Pair<@Nullable Gradient, INDArray[]> doBackward(
      boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray map = inputs[0];
    INDArray above = Objects.requireNonNull(epsilon);
    INDArray gradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, map.dataType(), map.shape(), map.ordering());
    // If several values are largest, one of them gets the whole gradient.
    Nd4j.exec(new IsMax(map, gradient, 1));
    INDArray ofLargest = above.get(channel(LARGEST));
    INDArray ofMean = above.get(channel(MEAN)).div(map.size(1));
    Nd4j.exec(new BroadcastMulOp(gradient, ofLargest, gradient, 0, 2, 3));
    Nd4j.exec(new BroadcastAddOp(gradient, ofMean, gradient, 0, 2, 3));
    return new Pair<>(null, new INDArray[] {gradient});
  }

  private static INDArrayIndex[] channel(int index) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(), NDArrayIndex.point(index), NDArrayIndex.all(), NDArrayIndex.all()
    };
  }
}
