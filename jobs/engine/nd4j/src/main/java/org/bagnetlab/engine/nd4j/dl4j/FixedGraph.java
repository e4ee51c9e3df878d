package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A network that normalises with running statistics, for the gradient of the input image. */
final class FixedGraph implements AutoCloseable {

  private final Architecture architecture;
  private final ComputationGraph graph;

  /**
   * Creates the graph from its configuration.
   *
   * @param architecture architecture of the network
   */
  FixedGraph(Architecture architecture, ComputationGraphConfiguration configuration) {
    this.architecture = architecture;
    graph = new ComputationGraph(configuration);
    graph.init();
  }

  /** Copies the parameters and statistics of a trained graph. */
  void follow(ComputationGraph trained) {
    graph.paramTable().forEach((name, values) -> values.assign(parameter(trained, name)));
    for (Node node : architecture.nodes()) {
      if (node instanceof Node.BatchNorm norm) {
        INDArray variance = parameter(trained, norm.name() + "_var");
        INDArray deviation = Transforms.sqrt(variance.add(GraphCompiler.EPSILON), false);
        INDArray factor = parameter(trained, norm.name() + "_gamma").div(deviation);
        INDArray mean = parameter(trained, norm.name() + "_mean");
        INDArray summand = parameter(trained, norm.name() + "_beta").sub(mean.mul(factor));
        vertex(norm.name()).fix(factor.reshape(-1), summand.reshape(-1));
      }
    }
  }

  private static INDArray parameter(ComputationGraph of, String name) {
    return Objects.requireNonNull(of.getParam(name), name);
  }

  private FixedNormVertex vertex(String name) {
    return (FixedNormVertex) graph.getVertex(name);
  }

  /**
   * The gradient with respect to the images.
   *
   * @param images images as [image, channel, row, column]
   * @param ofLogits gradient of the logits as [image, class]
   */
  INDArray gradient(INDArray images, INDArray ofLogits) {
    graph.feedForward(new INDArray[] {images}, true, false);
    graph.backpropGradient(ofLogits);
    graph.clear();
    return vertex(architecture.input().name()).reached();
  }

  @Override
  public void close() {
    graph.close();
  }
}
