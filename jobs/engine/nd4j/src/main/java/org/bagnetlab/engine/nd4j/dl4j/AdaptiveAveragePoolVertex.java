package org.bagnetlab.engine.nd4j.dl4j;

import java.util.List;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Extent;
import org.bagnetlab.vision.architecture.Node;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** {@link Node.AdaptiveAveragePool}: a mean for each of its windows. */
@SuppressWarnings("overrides") // as MapVertex
final class AdaptiveAveragePoolVertex extends MapVertex {

  private final Node.AdaptiveAveragePool pool;

  AdaptiveAveragePoolVertex(
      ComputationGraph graph,
      String name,
      int index,
      DataType precision,
      Node.AdaptiveAveragePool pool) {
    super(graph, name, index, precision);
    this.pool = pool;
  }

  /** What is done with a window and the position of its mean. */
  private interface EachWindow {
    void see(INDArrayIndex[] window, INDArrayIndex[] position, int size);
  }

  private void forEachWindow(INDArray map, EachWindow what) {
    List<Extent> rows = pool.extents((int) map.size(2));
    List<Extent> columns = pool.extents((int) map.size(3));
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < columns.size(); x++) {
        Extent row = rows.get(y);
        Extent column = columns.get(x);
        what.see(
            at(
                NDArrayIndex.interval(row.from(), row.to()),
                NDArrayIndex.interval(column.from(), column.to())),
            at(NDArrayIndex.point(y), NDArrayIndex.point(x)),
            row.length() * column.length());
      }
    }
  }

  private static INDArrayIndex[] at(INDArrayIndex row, INDArrayIndex column) {
    return new INDArrayIndex[] {NDArrayIndex.all(), NDArrayIndex.all(), row, column};
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray map = inputs[0];
    INDArray means =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            map.dataType(),
            new long[] {map.size(0), map.size(1), pool.side(), pool.side()},
            'c');
    forEachWindow(
        map, (window, position, size) -> means.get(position).assign(map.get(window).mean(2, 3)));
    return means;
  }

  @Override
  public Pair<@Nullable Gradient, INDArray[]> doBackward(
      boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray map = inputs[0];
    INDArray above = Objects.requireNonNull(epsilon);
    INDArray gradient =
        workspaces
            .createUninitialized(ArrayType.ACTIVATION_GRAD, map.dataType(), map.shape(), 'c')
            .assign(0);
    forEachWindow(
        map,
        (window, position, size) -> {
          INDArray share = above.get(position).div(size);
          INDArray part = gradient.get(window);
          part.addi(share.reshape(share.size(0), share.size(1), 1, 1).broadcast(part.shape()));
        });
    return new Pair<>(null, new INDArray[] {gradient});
  }
}
