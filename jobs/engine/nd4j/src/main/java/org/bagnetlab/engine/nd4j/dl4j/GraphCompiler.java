package org.bagnetlab.engine.nd4j.dl4j;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Compiles an architecture's nodes to the layers and vertices of a ComputationGraph, one by one.
 */
final class GraphCompiler {

  static final double EPSILON = 1e-5;

  /**
   * Name of the input of a fixed graph; the vertex with the architecture's name for the input
   * receives the input's gradient.
   */
  private static final String IMAGE = "image";

  private final Architecture architecture;
  private final Map<String, Shape> shapes;
  private final ComputationGraphConfiguration.GraphBuilder graph;
  private final boolean fixed;

  private final Optional<Position> position;

  private GraphCompiler(
      Architecture architecture,
      ComputationGraphConfiguration.GraphBuilder graph,
      boolean fixed,
      Optional<Position> position) {
    this.architecture = architecture;
    this.fixed = fixed;
    this.position = position;
    this.shapes = architecture.shapes();
    this.graph = graph;
  }

  /**
   * The configuration of the architecture's graph.
   *
   * @param precision precision of the computation
   */
  static ComputationGraphConfiguration compile(Architecture architecture, DataType precision) {
    return compile(architecture, precision, false, Optional.empty());
  }

  /**
   * The configuration of the architecture's graph for gradients in evaluation mode: batch norms and
   * the input are {@link FixedNormVertex}es, and the outputs are logits.
   *
   * @param precision precision of the computation
   * @param position the position of the last feature map whose features are classified; empty for
   *     the mean of all positions
   */
  static ComputationGraphConfiguration compileFixed(
      Architecture architecture, DataType precision, Optional<Position> position) {
    return compile(architecture, precision, true, position);
  }

  private static ComputationGraphConfiguration compile(
      Architecture architecture, DataType precision, boolean fixed, Optional<Position> position) {
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .dataType(precision)
            // FlatOptimiser updates the flat array of parameters instead.
            .updater(new NoOp())
            .convolutionMode(ConvolutionMode.Truncate)
            .graphBuilder();
    GraphCompiler compiler = new GraphCompiler(architecture, graph, fixed, position);
    architecture.nodes().forEach(compiler::translate);
    return graph.setOutputs(architecture.classifier().name()).build();
  }

  private void translate(Node node) {
    switch (node) {
      case Node.Input input -> input(input);
      case Node.Convolution convolution -> convolution(convolution);
      case Node.BatchNorm batchNorm -> batchNorm(batchNorm);
      case Node.Relu relu -> relu(relu);
      case Node.MaxPool maxPool -> maxPool(maxPool);
      case Node.AveragePool averagePool -> averagePool(averagePool);
      case Node.AdaptiveAveragePool adaptive -> adaptiveAveragePool(adaptive);
      case Node.Add sum -> add(sum);
      case Node.Concat concat -> concat(concat);
      case Node.ChannelPool channelPool -> channelPool(channelPool);
      case Node.ChannelAttention channelAttention -> channelAttention(channelAttention);
      case Node.Gate gate -> gate(gate);
      case Node.GlobalAveragePool globalAveragePool -> globalAveragePool(globalAveragePool);
      case Node.FullyConnected fullyConnected -> fullyConnected(fullyConnected);
      case Node.Linear linear -> linear(linear);
    }
  }

  private void input(Node.Input node) {
    Shape image = node.image();
    graph
        .addInputs(fixed ? IMAGE : node.name())
        .setInputTypes(InputType.convolutional(image.height(), image.width(), image.channels()));
    if (fixed) {
      graph.addVertex(node.name(), new MapOperation(MapOperation.Kind.FIXED_NORM), IMAGE);
    }
  }

  private void convolution(Node.Convolution node) {
    Window window = node.window();
    graph.addLayer(
        node.name(),
        new ConvolutionLayer.Builder(window.kernel(), window.kernel())
            .stride(window.stride(), window.stride())
            .padding(window.padding(), window.padding())
            .nOut(node.channels())
            .hasBias(node.bias())
            .activation(Activation.IDENTITY)
            .build(),
        node.input());
  }

  private void batchNorm(Node.BatchNorm node) {
    if (fixed) {
      graph.addVertex(node.name(), new MapOperation(MapOperation.Kind.FIXED_NORM), node.input());
      return;
    }
    graph.addLayer(
        node.name(),
        new BatchNormalization.Builder()
            .decay(1 - node.momentum())
            .eps(EPSILON)
            // By default, log10 of the standard deviation is stored, but checkpoints contain the
            // variance.
            .useLogStd(false)
            .build(),
        node.input());
  }

  private void relu(Node.Relu node) {
    // The activation is a separate layer, since BatchNormalization silently ignores its activation
    // setting.
    graph.addLayer(
        node.name(),
        new ActivationLayer.Builder().activation(Activation.RELU).build(),
        node.input());
  }

  private void maxPool(Node.MaxPool node) {
    Window window = node.window();
    graph.addLayer(
        node.name(),
        new SubsamplingLayer.Builder(PoolingType.MAX)
            .kernelSize(window.kernel(), window.kernel())
            .stride(window.stride(), window.stride())
            .padding(window.padding(), window.padding())
            .build(),
        node.input());
  }

  private void averagePool(Node.AveragePool node) {
    Window window = node.window();
    graph.addLayer(
        node.name(),
        new SubsamplingLayer.Builder(PoolingType.AVG)
            .kernelSize(window.kernel(), window.kernel())
            .stride(window.stride(), window.stride())
            .build(),
        node.input());
  }

  private void adaptiveAveragePool(Node.AdaptiveAveragePool node) {
    graph.addVertex(node.name(), MapOperation.adaptiveAveragePool(node), node.input());
  }

  /** A map with a single position, as the library's dense layers would not give it. */
  private void fullyConnected(Node.FullyConnected node) {
    graph.addLayer(
        node.name(),
        new ConvolutionLayer.Builder(node.side(), node.side())
            .nOut(node.outputs())
            .activation(Activation.IDENTITY)
            .build(),
        node.input());
  }

  private void concat(Node.Concat node) {
    graph.addVertex(node.name(), new MergeVertex(), node.inputs().toArray(String[]::new));
  }

  private void channelPool(Node.ChannelPool node) {
    graph.addVertex(node.name(), new MapOperation(MapOperation.Kind.CHANNEL_POOL), node.input());
  }

  /** Adds channel attention. Means and largest values pass through the same layers as one batch. */
  private void channelAttention(Node.ChannelAttention node) {
    String name = node.name();
    int channels = shape(node.input()).channels();
    graph
        .addLayer(name + ".mean", new GlobalPoolingLayer(PoolingType.AVG), node.input())
        .addLayer(name + ".largest", new GlobalPoolingLayer(PoolingType.MAX), node.input())
        .addVertex(name + ".both", new StackVertex(), name + ".mean", name + ".largest")
        .addLayer(name + ".fc1", dense(channels, node.hidden(), Activation.RELU), name + ".both")
        .addLayer(name + ".fc2", dense(node.hidden(), channels, Activation.IDENTITY), name + ".fc1")
        .addVertex(name + ".of-mean", new UnstackVertex(0, 2), name + ".fc2")
        .addVertex(name + ".of-largest", new UnstackVertex(1, 2), name + ".fc2")
        .addVertex(
            name,
            new ElementWiseVertex(ElementWiseVertex.Op.Add),
            name + ".of-mean",
            name + ".of-largest");
  }

  private static DenseLayer dense(int inputs, int outputs, Activation activation) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(activation).build();
  }

  private void gate(Node.Gate node) {
    graph.addVertex(node.name(), new MapOperation(MapOperation.Kind.GATE), node.map(), node.gate());
  }

  private void add(Node.Add node) {
    String shortcut = node.shortcut();
    int surplus = shape(shortcut).height() - shape(node.main()).height();
    if (surplus > 0) {
      shortcut = node.name() + ".crop";
      graph.addLayer(
          shortcut, new Cropping2D.Builder(0, surplus, 0, surplus).build(), node.shortcut());
    }
    graph.addVertex(
        node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), node.main(), shortcut);
  }

  private void globalAveragePool(Node.GlobalAveragePool node) {
    graph.addLayer(node.name(), new GlobalPoolingLayer(PoolingType.AVG), pooled(node));
  }

  /** The name of the vertex of a training graph that computes the logits of every position. */
  static String positionLoss(Node.GlobalAveragePool node) {
    return node.name() + ".position-loss";
  }

  /**
   * The name of the map that is averaged: the whole map, or in a fixed graph the single position to
   * classify.
   */
  private String pooled(Node.GlobalAveragePool node) {
    if (!fixed) {
      graph.addVertex(
          positionLoss(node), new MapOperation(MapOperation.Kind.POSITION_LOSS), node.input());
      return positionLoss(node);
    }
    if (position.isEmpty()) {
      return node.input();
    }
    Shape map = shape(node.input());
    Position only = position.get();
    String cropped = node.name() + ".crop";
    graph.addLayer(
        cropped,
        new Cropping2D.Builder(
                only.row(),
                map.height() - 1 - only.row(),
                only.column(),
                map.width() - 1 - only.column())
            .build(),
        node.input());
    return cropped;
  }

  private void linear(Node.Linear node) {
    if (fixed) {
      int channels = shape(node.input()).channels();
      graph.addLayer(
          node.name(), dense(channels, node.outputs(), Activation.IDENTITY), node.input());
      return;
    }
    graph.addLayer(
        node.name(),
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nIn(shape(node.input()).channels())
            .nOut(node.outputs())
            .activation(Activation.SOFTMAX)
            .build(),
        node.input());
  }

  private Shape shape(String node) {
    return Objects.requireNonNull(shapes.get(node), () -> node + " of " + architecture.name());
  }
}
