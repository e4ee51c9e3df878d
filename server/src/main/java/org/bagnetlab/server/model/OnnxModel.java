package org.bagnetlab.server.model;

import static org.bagnetlab.server.model.OnnxGraph.integer;
import static org.bagnetlab.server.model.OnnxGraph.integers;
import static org.bagnetlab.server.model.OnnxGraph.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Extent;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.architecture.Window;

/**
 * Converts a network to ONNX. The input {@value #IMAGE} has batches of normalised images [batch, 3,
 * size, size], the output {@value #LOGITS} is [batch, classes]. Of a network whose logits are the
 * mean over patches, the output {@value #LOGIT_MAP} is the logits of each patch, [batch, classes,
 * rows, columns].
 */
public final class OnnxModel {

  /** Name of the input. */
  public static final String IMAGE = "image";

  /** Name of the output with the logits. */
  public static final String LOGITS = "logits";

  /** Name of the output with the logits of patches. */
  public static final String LOGIT_MAP = "logit_map";

  /** All operators used here exist in this version of ONNX's operators, of 2020. */
  private static final int OPERATORS = 13;

  /** The version of the file format that came with these operators. */
  private static final int FORMAT = 7;

  private static final float EPSILON = 1e-5f;

  private final Architecture architecture;
  private final Map<String, float[]> weights;
  private final Map<String, Shape> shapes;
  private final OnnxGraph graph;

  private OnnxModel(Architecture architecture, Map<String, float[]> weights) {
    this.architecture = architecture;
    this.weights = weights;
    this.shapes = architecture.shapes();
    this.graph = new OnnxGraph(architecture.name());
  }

  /**
   * Converts a network.
   *
   * @param weights by the names of the architecture's tensors
   * @param facts metadata of the file
   */
  public static ModelProto of(
      Architecture architecture, Map<String, float[]> weights, Map<String, String> facts) {
    OnnxModel model = new OnnxModel(architecture, weights);
    model.addNodes();
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("Bagnet Lab")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
            .setGraph(model.graph.build());
    facts.forEach(
        (name, value) ->
            file.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(name).setValue(value)));
    return file.build();
  }

  private void addNodes() {
    Shape image = architecture.input().image();
    graph.input(IMAGE, image.channels(), image.height(), image.width());
    architecture.nodes().forEach(this::add);
    Node.Linear classifier = architecture.classifier();
    graph.node("Flatten", LOGITS, List.of(classifier.name()), integer("axis", 1));
    graph.output(LOGITS, architecture.classes());
    if (architecture.localReceptiveField().isPresent()) {
      Shape map = architecture.lastMap();
      graph.node(
          "Conv",
          LOGIT_MAP,
          List.of(
              architecture.pool().input(),
              classifier.name() + ".weight",
              classifier.name() + ".bias"));
      graph.output(LOGIT_MAP, architecture.classes(), map.height(), map.width());
    }
  }

  private void add(Node node) {
    String name = node.name();
    List<String> inputs = node.inputs().stream().map(this::value).toList();
    switch (node) {
      case Node.Input _ -> {}
      case Node.Convolution convolution -> {
        List<String> all = new ArrayList<>(inputs);
        node.tensors(channels(node)).forEach(tensor -> all.add(constant(tensor, shape(tensor))));
        graph.node("Conv", name, all, window(convolution.window()));
      }
      case Node.BatchNorm _ -> {
        List<String> all = new ArrayList<>(inputs);
        node.tensors(channels(node)).forEach(tensor -> all.add(constant(tensor, shape(tensor))));
        graph.node("BatchNormalization", name, all, number("epsilon", EPSILON));
      }
      case Node.Relu _ -> graph.node("Relu", name, inputs);
      case Node.MaxPool pool -> graph.node("MaxPool", name, inputs, window(pool.window()));
      case Node.AveragePool pool -> graph.node("AveragePool", name, inputs, window(pool.window()));
      case Node.AdaptiveAveragePool pool -> averages(pool, inputs.get(0));
      case Node.Add add -> graph.node("Add", name, List.of(inputs.get(0), cropped(add)));
      case Node.Concat _ -> graph.node("Concat", name, inputs, integer("axis", 1));
      case Node.ChannelPool _ ->
          graph.node(
              "Concat",
              name,
              List.of(
                  graph.node("ReduceMax", name + "/max", inputs, integers("axes", 1)),
                  graph.node("ReduceMean", name + "/mean", inputs, integers("axes", 1))),
              integer("axis", 1));
      case Node.ChannelAttention attention -> attention(attention, inputs);
      case Node.Gate _ ->
          graph.node(
              "Mul",
              name,
              List.of(
                  inputs.get(0), graph.node("Sigmoid", name + "/sigmoid", List.of(inputs.get(1)))));
      case Node.GlobalAveragePool _ -> graph.node("GlobalAveragePool", name, inputs);
      case Node.FullyConnected connected -> matrix(node, name, inputs.get(0), connected.side());
      case Node.Linear _ -> matrix(node, name, inputs.get(0), 1);
    }
  }

  private String value(String node) {
    return node.equals(architecture.input().name()) ? IMAGE : node;
  }

  private Shape shapeOf(String node) {
    return Objects.requireNonNull(shapes.get(node));
  }

  private int channels(Node node) {
    return shapeOf(node.inputs().get(0)).channels();
  }

  private static int[] shape(Tensor tensor) {
    return tensor.shape().stream().mapToInt(Integer::intValue).toArray();
  }

  private String constant(Tensor tensor, int... shape) {
    return graph.constant(tensor.name(), Objects.requireNonNull(weights.get(tensor.name())), shape);
  }

  private static AttributeProto[] window(Window window) {
    long padding = window.padding();
    return new AttributeProto[] {
      integers("kernel_shape", window.kernel(), window.kernel()),
      integers("strides", window.stride(), window.stride()),
      integers("pads", padding, padding, padding, padding)
    };
  }

  /** A matrix with bias, as a convolution of a whole map with this side. */
  private String matrix(Node node, String output, String input, int side) {
    List<Tensor> tensors = node.tensors(channels(node));
    Tensor weight = tensors.get(0);
    int outputs = weight.shape().get(0);
    return graph.node(
        "Conv",
        output,
        List.of(
            input,
            constant(weight, outputs, weight.shape().get(1) / (side * side), side, side),
            constant(tensors.get(1), outputs)));
  }

  /** The two matrices of the perceptron are shared by the means and the largest values. */
  private void attention(Node.ChannelAttention node, List<String> inputs) {
    List<Tensor> tensors = node.tensors(channels(node));
    List<String> constants = new ArrayList<>();
    for (Tensor tensor : tensors) {
      constants.add(
          tensor.shape().size() == 2
              ? constant(tensor, tensor.shape().get(0), tensor.shape().get(1), 1, 1)
              : constant(tensor, shape(tensor)));
    }
    List<String> sides = new ArrayList<>();
    for (String pool : List.of("GlobalAveragePool", "GlobalMaxPool")) {
      String name = node.name() + "/" + pool;
      String hidden =
          graph.node(
              "Conv",
              name + "/hidden",
              List.of(graph.node(pool, name, inputs), constants.get(0), constants.get(1)));
      String active = graph.node("Relu", name + "/relu", List.of(hidden));
      sides.add(
          graph.node(
              "Conv", name + "/output", List.of(active, constants.get(2), constants.get(3))));
    }
    graph.node("Add", node.name(), sides);
  }

  /** The shortcut without the rows and columns that the main path does not have. */
  private String cropped(Node.Add add) {
    Shape main = shapeOf(add.main());
    Shape shortcut = shapeOf(add.shortcut());
    if (main.equals(shortcut)) {
      return value(add.shortcut());
    }
    String name = add.name() + "/shortcut";
    return graph.node(
        "Slice",
        name,
        List.of(
            value(add.shortcut()),
            graph.constant(name + "/starts", 0, 0),
            graph.constant(name + "/ends", main.height(), main.width()),
            graph.constant(name + "/axes", 2, 3)));
  }

  /** Products with matrices of means over rows and over columns, since windows may overlap. */
  private void averages(Node.AdaptiveAveragePool pool, String input) {
    Shape map = shapeOf(pool.input());
    String rows =
        graph.constant(
            pool.name() + "/rows", means(pool, map.height(), false), pool.side(), map.height());
    String columns =
        graph.constant(
            pool.name() + "/columns", means(pool, map.width(), true), map.width(), pool.side());
    String byColumn = graph.node("MatMul", pool.name() + "/by-column", List.of(input, columns));
    graph.node("MatMul", pool.name(), List.of(rows, byColumn));
  }

  private static float[] means(Node.AdaptiveAveragePool pool, int length, boolean transposed) {
    float[] matrix = new float[pool.side() * length];
    List<Extent> extents = pool.extents(length);
    for (int i = 0; i < pool.side(); i++) {
      Extent extent = extents.get(i);
      for (int at = extent.from(); at < extent.to(); at++) {
        matrix[transposed ? at * pool.side() + i : i * length + at] = 1f / extent.length();
      }
    }
    return matrix;
  }
}
