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
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch normalisation with fixed statistics: y = a x + b for each channel. The library's own
 * layer has a backward pass only for the batch's statistics. A vertex without fixed statistics
 * stores the last gradient that reached it.
 */
@SuppressWarnings("overrides") // as MapVertex
final class FixedNormVertex extends MapVertex {

  private static final int CHANNELS = 1;

  private @Nullable INDArray a;
  private @Nullable INDArray b;
  private @Nullable INDArray reached;

  FixedNormVertex(ComputationGraph graph, String name, int index, DataType precision) {
    super(graph, name, index, precision);
  }

  /** Sets a and b, each [channel]. If they are not set, values pass through unchanged. */
  void fix(INDArray factor, INDArray summand) {
    a = factor;
    b = summand;
  }

  /** The gradient of the output in the last backward pass. */
  INDArray reached() {
    return Objects.requireNonNull(reached, "no backward pass yet");
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray scaled = scaled(inputs[0], ArrayType.ACTIVATIONS, workspaces);
    if (b != null) {
      Nd4j.exec(new BroadcastAddOp(scaled, b, scaled, CHANNELS));
    }
    return scaled;
  }

  @Override
  public Pair<@Nullable Gradient, INDArray[]> doBackward(
      boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray above = Objects.requireNonNull(epsilon);
    if (a == null) {
      reached = above.detach();
    }
    return new Pair<>(null, new INDArray[] {scaled(above, ArrayType.ACTIVATION_GRAD, workspaces)});
  }

  private INDArray scaled(INDArray map, ArrayType kind, LayerWorkspaceMgr workspaces) {
    INDArray result = workspaces.createUninitialized(kind, map.dataType(), map.shape(), 'c');
    if (a == null) {
      result.assign(map);
    } else {
      Nd4j.exec(new BroadcastMulOp(map, a, result, CHANNELS));
    }
    return result;
  }
}
