package org.bagnetlab.engine.nd4j.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vertex on feature maps without parameters. It implements the methods that the library requires.
 */
// The library overrides a varargs method by one with an array parameter.
@SuppressWarnings("overrides")
abstract class MapVertex extends BaseGraphVertex {

  MapVertex(ComputationGraph graph, String name, int index, DataType precision) {
    super(graph, name, index, null, null, precision);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public void setBackpropGradientsViewArray(@Nullable INDArray view) {
    if (view != null) {
      throw new IllegalStateException(getVertexName() + " has no parameters");
    }
  }

  @Override
  public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int images) {
    return null;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + getVertexName();
  }
}
