package org.bagnetlab.engine.nd4j.cpu.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Image;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.operation.ChannelAttention;
import org.bagnetlab.engine.nd4j.cpu.operation.ChannelBias;
import org.bagnetlab.engine.nd4j.cpu.operation.ChannelPool;
import org.bagnetlab.engine.nd4j.cpu.operation.ClassifierHead;
import org.bagnetlab.engine.nd4j.cpu.operation.Concatenation;
import org.bagnetlab.engine.nd4j.cpu.operation.Gate;
import org.bagnetlab.engine.nd4j.cpu.operation.ImageConvolution;
import org.bagnetlab.engine.nd4j.cpu.operation.InputMap;
import org.bagnetlab.engine.nd4j.cpu.operation.Join;
import org.bagnetlab.engine.nd4j.cpu.operation.MatrixConvolution;
import org.bagnetlab.engine.nd4j.cpu.operation.Norm;
import org.bagnetlab.engine.nd4j.cpu.operation.Operation;
import org.bagnetlab.engine.nd4j.cpu.operation.Pass;
import org.bagnetlab.engine.nd4j.cpu.operation.Pool;
import org.bagnetlab.engine.nd4j.cpu.operation.SpatialConvolution;
import org.bagnetlab.engine.nd4j.cpu.operation.StemWeights;
import org.bagnetlab.engine.nd4j.cpu.operation.TiledConvolution;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Extent;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.PhaseSection;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/**
 * Turns the nodes of an architecture into operations. Consecutive batch norms, sums and ReLUs
 * become one {@link Join}; the first convolutions of an image become one {@link ImageConvolution},
 * while any other first layer reads an {@link InputMap}.
 */
public final class Compiler {

  /**
   * Maximum number of positions in a batch for which windows are gathered instead of using oneDNN.
   * With so few positions, oneDNN's backward pass is ten times slower, and gathering the windows is
   * cheap.
   */
  private static final int FEW_POSITIONS = 512;

  /** An input with more channels is no image, but a feature map. */
  private static final int MOST_CHANNELS_OF_AN_IMAGE = 4;

  private final Architecture architecture;
  private final Map<String, Shape> shapes;
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Map<String, Integer> order = new HashMap<>();
  private final Pass pass;
  private final boolean pooled;
  private final int images;
  private final NumberType type;
  private final Parameters parameters;
  private final Crew crew;
  private final Scratch scratch = new Scratch();
  private final Image image;
  private final Map<String, Value> values = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<Program.Origin> origins = new ArrayList<>();
  private final Set<String> kept = new HashSet<>();
  private @Nullable ClassifierHead classifier;

  private Compiler(
      Architecture architecture,
      Pass pass,
      boolean pooled,
      int images,
      NumberType type,
      Parameters parameters,
      Crew crew) {
    this.type = type;
    this.architecture = architecture;
    this.shapes = new HashMap<>(architecture.shapes());
    this.pass = pass;
    this.pooled = pooled;
    this.images = images;
    this.parameters = parameters;
    this.crew = crew;
    Shape seen = architecture.input().image();
    image = new Image(images, seen.channels(), seen.height(), seen.width());
    for (Node node : architecture.nodes()) {
      order.put(node.name(), order.size());
      for (String input : node.inputs()) {
        readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
    }
  }

  /**
   * Compiles an architecture for images of its input size.
   *
   * @param pooled whether logits are computed per image (true) or per position (false)
   * @param type how feature maps and their gradients are stored
   */
  public static Program compile(
      Architecture architecture,
      Pass pass,
      boolean pooled,
      int images,
      NumberType type,
      Parameters parameters,
      Crew crew) {
    Compiler compiler = new Compiler(architecture, pass, pooled, images, type, parameters, crew);
    architecture.nodes().forEach(compiler::add);
    return new Program(
        compiler.image,
        compiler.operations,
        compiler.origins,
        compiler.classifier,
        compiler.scratch,
        List.of(),
        pass);
  }

  /**
   * Compiles a section of an architecture in evaluation mode, for one image. The values at the
   * section's cut are kept for the next section.
   *
   * @param given the values of nodes in earlier sections, by name
   * @param values receives the values of all compiled nodes
   */
  static Program compilePart(
      Architecture architecture,
      PhaseSection section,
      Map<String, Value> given,
      Map<String, Value> values,
      Parameters parameters,
      Crew crew) {
    Compiler compiler =
        new Compiler(architecture, Pass.EVALUATION, false, 1, NumberType.FLOAT32, parameters, crew);
    given.forEach(
        (name, value) -> {
          compiler.values.put(name, value);
          compiler.shapes.put(name, value.shape());
        });
    compiler.kept.addAll(section.cut());
    for (Node node : section.nodes()) {
      if (section.cut().contains(node.name())) {
        compiler.shapes.put(
            node.name(), node.shape(node.inputs().stream().map(compiler::shape).toList()));
      }
      compiler.add(node);
    }
    values.putAll(compiler.values);
    return new Program(
        compiler.image,
        compiler.operations,
        compiler.origins,
        compiler.classifier,
        compiler.scratch,
        compiler.kept.stream().map(compiler::value).toList(),
        Pass.EVALUATION);
  }

  private Value value(String node) {
    return Objects.requireNonNull(values.get(node), node);
  }

  private Shape shape(String node) {
    return Objects.requireNonNull(shapes.get(node));
  }

  private Value make(Node node) {
    Value value = new Value(node.name(), images, shape(node.name()), type);
    values.put(node.name(), value);
    return value;
  }

  private List<Node> readers(String node) {
    return readers.getOrDefault(node, List.of());
  }

  private @Nullable Node onlyReader(String node) {
    List<Node> all = readers(node);
    return all.size() == 1 ? all.get(0) : null;
  }

  private Node node(String name) {
    return architecture.nodes().get(Objects.requireNonNull(order.get(name)));
  }

  private int place(Node node) {
    return Objects.requireNonNull(order.get(node.name()));
  }

  /** Whether no node after {@code reader} needs {@code node}. */
  private boolean lastRead(String node, Node reader) {
    return readers(node).stream().allMatch(each -> place(each) <= place(reader));
  }

  private void add(Node node) {
    translate(node);
    while (origins.size() < operations.size()) {
      origins.add(origin(node, operations.get(origins.size())));
    }
  }

  private Program.Origin origin(Node node, Operation operation) {
    boolean copies = operation instanceof Concatenation || operation instanceof ChannelBias;
    if (copies || node.inputs().isEmpty()) {
      return new Program.Origin(node.name(), 0, 0);
    }
    int inputs = shape(node.inputs().getFirst()).channels();
    return new Program.Origin(
        node.name(),
        images * node.multiplyAdds(inputs, shape(node.name())),
        node.tensors(inputs).stream().mapToLong(Tensor::elements).sum() * Float.BYTES);
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
      case Node.GlobalAveragePool _ -> {} // handled with the classifier at the end of the graph
      case Node.FullyConnected fullyConnected -> fullyConnected(fullyConnected);
      case Node.Linear linear -> linear(linear);
    }
  }

  private void input(Node.Input node) {
    if (!isImage(node.name())) {
      operations.add(new InputMap(crew, image, make(node), pass));
    }
  }

  /** Whether a node is an image that only convolutions read, which they do faster by themselves. */
  private boolean isImage(String node) {
    return node.equals(architecture.input().name())
        && image.channels() <= MOST_CHANNELS_OF_AN_IMAGE
        && readers(node).stream().allMatch(Node.Convolution.class::isInstance);
  }

  private void convolution(Node.Convolution node) {
    if (beginsStem(node)) {
      return;
    }
    crop(node);
    Value output = node.bias() ? beforeBias(node) : make(node);
    boolean ofImage = isImage(node.input());
    if (ofImage || (node(node.input()) instanceof Node.Convolution before && beginsStem(before))) {
      Node.Convolution first = ofImage ? node : (Node.Convolution) node(node.input());
      StemWeights weights =
          new StemWeights(parameters, scratch, first, node, image.channels(), type);
      operations.add(
          new ImageConvolution(crew, scratch, weights, node.window(), image, output, pass));
    } else if (!pass.hasBackwardPass() && TiledConvolution.computes(node.window())) {
      operations.add(
          new TiledConvolution(
              crew,
              parameters.tiles(node.name() + ".weight"),
              node.window(),
              contiguousInput(node),
              output));
    } else if (node.window().kernel() == 1 || positions(node) <= FEW_POSITIONS) {
      operations.add(
          new MatrixConvolution(
              crew, parameters, node.name(), node.window(), contiguousInput(node), output));
    } else {
      operations.add(
          new SpatialConvolution(
              crew, parameters, scratch, pass, node, contiguousInput(node), output));
    }
    if (node.bias()) {
      addBias(node, output);
    }
  }

  private void fullyConnected(Node.FullyConnected node) {
    Value output = beforeBias(node);
    operations.add(
        new MatrixConvolution(
            crew,
            parameters,
            node.name(),
            new Window(node.side(), 1, 0),
            value(node.input()),
            output));
    addBias(node, output);
  }

  private Value beforeBias(Node node) {
    return new Value(node.name() + " before bias", images, shape(node.name()), type);
  }

  private void addBias(Node node, Value sum) {
    operations.add(new ChannelBias(crew, parameters, node.name() + ".bias", sum, make(node)));
  }

  /**
   * Computes a 1x1 convolution only at the positions that remain when a later sum crops it. This is
   * not done in training, where batch normalisation includes the cropped positions in its
   * statistics.
   */
  private void crop(Node.Convolution node) {
    Node reader = onlyReader(node.name());
    Node sum = reader instanceof Node.BatchNorm ? onlyReader(reader.name()) : reader;
    boolean can =
        !pass.hasBackwardPass()
            && !node.bias()
            && !kept.contains(node.name())
            && node.window().kernel() == 1
            && node.window().padding() == 0
            && sum instanceof Node.Add;
    if (can && reader != null && sum != null) {
      shapes.put(node.name(), shape(sum.name()));
      if (reader instanceof Node.BatchNorm) {
        shapes.put(reader.name(), shape(sum.name()));
      }
    }
  }

  /** The input of a convolution; it is copied if it is a view of another program's value. */
  private Value contiguousInput(Node.Convolution node) {
    Value input = value(node.input());
    if (!input.isElsewhere()) {
      return input;
    }
    Value copy = new Value(input.name() + " contiguous", images, input.shape(), type);
    operations.add(new Concatenation(crew, List.of(input), copy));
    return copy;
  }

  private int positions(Node node) {
    Shape shape = shape(node.name());
    return images * shape.height() * shape.width();
  }

  /**
   * Whether the node is a 1x1 convolution of the image whose output is read only by another
   * convolution.
   */
  private boolean beginsStem(Node.Convolution node) {
    return isImage(node.input())
        && !kept.contains(node.name())
        && node.window().kernel() == 1
        && node.window().stride() == 1
        && node.window().padding() == 0
        && !node.bias()
        && onlyReader(node.name()) instanceof Node.Convolution;
  }

  private void batchNorm(Node.BatchNorm node) {
    if (!joins(node)) {
      Join join = join(node, false);
      term(join, node.name(), node);
      complete(join);
    }
  }

  /** Whether the node is part of the join that a later node completes. */
  private boolean joins(Node node) {
    Node reader = onlyReader(node.name());
    return node instanceof Node.BatchNorm
        ? reader instanceof Node.Relu || reader instanceof Node.Add
        : node instanceof Node.Add && reader instanceof Node.Relu;
  }

  private Join join(Node last, boolean relu) {
    return new Join(crew, pass, relu, make(last));
  }

  /** Adds a node's output as a term to the join that ends with {@code last}. */
  private void term(Join join, String name, Node last) {
    if (node(name) instanceof Node.BatchNorm norm && (norm == last || joins(norm))) {
      join.plus(
          value(norm.input()),
          new Norm(norm, shape(norm.name()).channels(), parameters, crew),
          lastRead(norm.input(), last));
    } else {
      join.plus(value(name), null, lastRead(name, last));
    }
  }

  private void terms(Join join, Node.Add add, Node last) {
    term(join, add.main(), last);
    term(join, add.shortcut(), last);
  }

  private void complete(Join join) {
    if (operations.isEmpty() || !operations.get(operations.size() - 1).endWith(join)) {
      operations.add(join);
    }
  }

  private void relu(Node.Relu node) {
    Join join = join(node, true);
    if (node(node.input()) instanceof Node.Add add && joins(add)) {
      terms(join, add, node);
    } else {
      term(join, node.input(), node);
    }
    complete(join);
  }

  private void add(Node.Add node) {
    if (!joins(node)) {
      Join join = join(node, false);
      terms(join, node, node);
      complete(join);
    }
  }

  private void maxPool(Node.MaxPool node) {
    pool(Pool.Kind.LARGEST, node, node.window()::extents);
  }

  private void averagePool(Node.AveragePool node) {
    pool(Pool.Kind.MEAN, node, node.window()::extents);
  }

  private void adaptiveAveragePool(Node.AdaptiveAveragePool node) {
    pool(Pool.Kind.MEAN, node, node::extents);
  }

  private void pool(Pool.Kind kind, Node.Unary node, IntFunction<List<Extent>> extents) {
    Shape input = shape(node.input());
    operations.add(
        new Pool(
            crew,
            kind,
            extents.apply(input.height()),
            extents.apply(input.width()),
            value(node.input()),
            make(node)));
  }

  private void concat(Node.Concat node) {
    List<Value> inputs = node.inputs().stream().map(this::value).toList();
    Value output = make(node);
    if (supportsStrides(node(node.inputs().get(0))) && !inputs.get(0).contained()) {
      inputs.get(0).liesIn(output);
    }
    operations.add(new Concatenation(crew, inputs, output));
  }

  /** Whether a node and all readers of its output support a pitch larger than the channel count. */
  private boolean supportsStrides(Node node) {
    return (node instanceof Node.Concat
            || node instanceof Node.MaxPool
            || node instanceof Node.AveragePool)
        && readers(node.name()).stream()
            .noneMatch(
                reader ->
                    reader instanceof Node.FullyConnected
                        || (reader instanceof Node.Convolution convolution
                            && convolution.window().kernel() > 1));
  }

  private void channelPool(Node.ChannelPool node) {
    operations.add(new ChannelPool(crew, value(node.input()), make(node)));
  }

  private void channelAttention(Node.ChannelAttention node) {
    operations.add(
        new ChannelAttention(crew, parameters, scratch, node, value(node.input()), make(node)));
  }

  private void gate(Node.Gate node) {
    operations.add(new Gate(crew, value(node.map()), value(node.gate()), make(node)));
  }

  private void linear(Node.Linear node) {
    classifier =
        new ClassifierHead(
            crew, parameters, scratch, node.name(), value(architecture.pool().input()), pooled);
    operations.add(classifier);
  }
}
