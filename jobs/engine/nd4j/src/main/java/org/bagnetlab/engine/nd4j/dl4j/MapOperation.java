package org.bagnetlab.engine.nd4j.dl4j;

import java.io.Serial;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Node;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The representation of a {@link MapVertex} in a graph's configuration. */
final class MapOperation extends GraphVertex {

  @Serial private static final long serialVersionUID = 1;

  /** The operations that the library does not have. */
  enum Kind {
    FIXED_NORM(1),
    CHANNEL_POOL(1),
    ADAPTIVE_AVERAGE_POOL(1),
    GATE(2),
    POSITION_LOSS(1);

    private final int inputs;

    Kind(int inputs) {
      this.inputs = inputs;
    }
  }

  private final Kind kind;
  private final Node.@Nullable AdaptiveAveragePool pool;

  MapOperation(Kind kind) {
    this(kind, null);
  }

  private MapOperation(Kind kind, Node.@Nullable AdaptiveAveragePool pool) {
    this.kind = kind;
    this.pool = pool;
  }

  static MapOperation adaptiveAveragePool(Node.AdaptiveAveragePool pool) {
    return new MapOperation(Kind.ADAPTIVE_AVERAGE_POOL, pool);
  }

  private Node.AdaptiveAveragePool pool() {
    return Objects.requireNonNull(pool);
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      @Nullable INDArray parameters,
      boolean initialise,
      DataType precision) {
    return switch (kind) {
      case FIXED_NORM -> new FixedNormVertex(graph, name, index, precision);
      case CHANNEL_POOL -> new ChannelPoolVertex(graph, name, index, precision);
      case ADAPTIVE_AVERAGE_POOL ->
          new AdaptiveAveragePoolVertex(graph, name, index, precision, pool());
      case GATE -> new GateVertex(graph, name, index, precision);
      case POSITION_LOSS -> new PositionLossVertex(graph, name, index, precision);
    };
  }

  @Override
  public InputType getOutputType(int layer, InputType... inputs) {
    InputTypeConvolutional map = (InputTypeConvolutional) inputs[0];
    return switch (kind) {
      case CHANNEL_POOL -> InputType.convolutional(map.getHeight(), map.getWidth(), 2);
      case ADAPTIVE_AVERAGE_POOL ->
          InputType.convolutional(pool().side(), pool().side(), map.getChannels());
      case FIXED_NORM, GATE, POSITION_LOSS -> map;
    };
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return kind.inputs;
  }

  @Override
  public int maxVertexInputs() {
    return kind.inputs;
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, MapOperation.class, inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public MapOperation clone() {
    return new MapOperation(kind, pool);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MapOperation operation
        && operation.kind == kind
        && Objects.equals(operation.pool, pool);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, pool);
  }
}
