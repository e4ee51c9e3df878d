package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an engine in float32 must hold to: it computes what another does in double precision. That
 * is logits, loss, the gradient of the images and of every parameter and the running statistics,
 * for each kind of node and each way in which nodes can be combined, and for the registered
 * networks.
 */
public abstract class GradientContract {

  private static final int BATCH = 5;

  /** Odd, and no multiple of a vector's length. */
  private static final int CHANNELS = 7;

  /** A graph between a first convolution and the classifier. */
  private static final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private String last = "input";

    Graph(int size) {
      nodes.add(new Node.Input("input", new Shape(3, size, size)));
    }

    Graph node(Node node) {
      nodes.add(node);
      last = node.name();
      return this;
    }

    Graph conv(String name, int channels, int kernel, int stride, int padding) {
      return convOf(name, last, channels, kernel, stride, padding);
    }

    Graph convOf(String name, String input, int channels, int kernel, int stride, int padding) {
      return node(
          new Node.Convolution(
              name,
              input,
              channels,
              new Window(kernel, stride, padding),
              Node.Convolution.Fan.OUT));
    }

    Graph biased(String name, int channels, int kernel) {
      Window window = new Window(kernel, 1, kernel / 2);
      return node(
          new Node.Convolution(name, last, channels, window, Node.Convolution.Fan.OUT, true));
    }

    Graph norm(String name) {
      return node(new Node.BatchNorm(name, last, 0.1, 1));
    }

    Graph relu(String name) {
      return node(new Node.Relu(name, last));
    }

    Architecture end(String name) {
      nodes.add(new Node.GlobalAveragePool("pool", last));
      nodes.add(new Node.Linear("fc", "pool", 15));
      return new Architecture(name, nodes);
    }
  }

  private static Graph begin(int size) {
    return new Graph(size).conv("stem", CHANNELS, 3, 1, 1).norm("bn0").relu("begin");
  }

  protected static Stream<Architecture> graphs() {
    return Stream.of(
        begin(13).end("the image's convolution"),
        new Graph(17).conv("stem", 9, 7, 2, 3).relu("relu").end("a large window with padding"),
        new Graph(13)
            .conv("one", 6, 1, 1, 0)
            .conv("two", 5, 3, 1, 0)
            .relu("relu")
            .end("two merged"),
        new Graph(13)
            .conv("one", 6, 1, 1, 0)
            .conv("two", 5, 3, 2, 1)
            .norm("bn")
            .relu("relu")
            .end("two merged, with padding and stride"),
        new Graph(13)
            .biased("conv", 9, 3)
            .relu("relu")
            .biased("more", 5, 1)
            .norm("bn")
            .biased("last", 4, 3)
            .end("convolutions with a bias"),
        begin(13)
            .node(new Node.AdaptiveAveragePool("pooled", "begin", 5))
            .conv("conv", 9, 3, 1, 1)
            .end("means of windows that overlap"),
        begin(2)
            .node(new Node.AdaptiveAveragePool("pooled", "begin", 7))
            .node(new Node.FullyConnected("full", "pooled", 7, 9))
            .relu("relu")
            .node(new Node.FullyConnected("more", "relu", 1, 4))
            .end("means that repeat positions, and fully connected layers"),
        begin(13).conv("conv", 9, 1, 1, 0).end("1x1"),
        begin(13).conv("conv", 9, 1, 2, 0).end("1x1, stride 2"),
        begin(13).conv("conv", 9, 3, 1, 1).end("3x3 on many positions"),
        begin(8).conv("small", 8, 3, 2, 0).conv("conv", 9, 3, 1, 1).end("3x3 on few positions"),
        begin(13).conv("conv", 5, 5, 2, 2).end("5x5"),
        begin(13)
            .conv("odd", 16, 3, 1, 0)
            .norm("bn")
            .relu("relu")
            .conv("wide", 70, 3, 1, 1)
            .conv("few", 9, 3, 2, 1)
            .end("3x3 on odd maps, more outputs than a panel has"),
        begin(13)
            .conv("wide", 336, 1, 1, 0)
            .conv("deep", 9, 3, 1, 1)
            .end("3x3 on more inputs than a block has"),
        begin(13).conv("conv", 9, 1, 1, 0).norm("bn").end("batch norm"),
        begin(13).conv("conv", 9, 1, 1, 0).norm("bn").relu("relu").end("batch norm and relu"),
        begin(13).conv("conv", 9, 1, 1, 0).relu("relu").conv("more", 4, 1, 1, 0).end("relu"),
        begin(13)
            .node(new Node.MaxPool("max", "begin", new Window(3, 2, 1)))
            .end("largest of overlapping windows"),
        begin(13)
            .node(new Node.AveragePool("mean", "begin", new Window(2, 2, 0)))
            .end("mean of windows"),
        begin(13)
            .convOf("conv", "begin", CHANNELS, 1, 1, 0)
            .norm("bn")
            .node(new Node.Add("add", "bn", "begin"))
            .relu("relu")
            .end("shortcut as it is"),
        begin(13)
            .convOf("conv", "begin", 9, 3, 2, 0)
            .norm("bn")
            .convOf("down", "begin", 9, 1, 2, 0)
            .norm("bn2")
            .node(new Node.Add("add", "bn", "bn2"))
            .relu("relu")
            .end("shortcut normalised and cropped"),
        begin(13)
            .convOf("conv", "begin", CHANNELS, 3, 1, 0)
            .node(new Node.Add("add", "conv", "begin"))
            .end("shortcut cropped, nothing else"),
        begin(13)
            .convOf("in", "begin", 4, 1, 1, 0)
            .norm("bn1")
            .relu("relu1")
            .conv("middle", 4, 3, 1, 0)
            .norm("bn2")
            .relu("relu2")
            .conv("out", CHANNELS, 1, 1, 0)
            .norm("bn3")
            .node(new Node.Add("add", "bn3", "begin"))
            .relu("relu")
            .end("bottleneck with its input cropped"),
        begin(13)
            .node(new Node.MaxPool("max", "begin", new Window(3, 2, 0)))
            .convOf("conv", "max", CHANNELS, 3, 1, 0)
            .norm("bn")
            .node(new Node.Add("add", "bn", "max"))
            .relu("relu")
            .end("largest of windows without padding, cropped as a shortcut"),
        begin(13)
            .convOf("a", "begin", 4, 3, 1, 1)
            .convOf("b", "begin", 6, 1, 1, 0)
            .node(new Node.Concat("concat", List.of("begin", "a", "b")))
            .norm("bn")
            .relu("relu")
            .end("concatenation of three"),
        begin(13)
            .node(new Node.MaxPool("max", "begin", new Window(3, 2, 1)))
            .convOf("a", "max", 4, 3, 1, 1)
            .node(new Node.Concat("c1", List.of("max", "a")))
            .norm("bn")
            .relu("relu")
            .conv("b", 5, 1, 1, 0)
            .node(new Node.Concat("c2", List.of("c1", "b")))
            .norm("bn2")
            .relu("relu2")
            .conv("c", 3, 3, 1, 1)
            .node(new Node.Concat("c3", List.of("c2", "c")))
            .conv("end", 6, 1, 1, 0)
            .end("chain of concatenations"),
        begin(13)
            .convOf("a", "begin", 5, 3, 1, 1)
            .convOf("b", "begin", 5, 3, 1, 1)
            .convOf("c", "begin", 5, 1, 2, 0)
            .convOf("d", "a", 5, 1, 2, 0)
            .convOf("e", "b", 5, 1, 2, 0)
            .node(new Node.Add("ed", "d", "e"))
            .node(new Node.Add("edc", "ed", "c"))
            .relu("relu")
            .end("three readers of one value"),
        begin(13)
            .node(new Node.ChannelPool("described", "begin"))
            .conv("conv", 1, 3, 1, 1)
            .norm("bn")
            .node(new Node.Gate("gate", "begin", "bn"))
            .end("gate for each position"),
        begin(13)
            .node(new Node.ChannelAttention("attention", "begin", 3))
            .node(new Node.Gate("gate", "begin", "attention"))
            .end("gate for each channel"));
  }

  protected static Stream<Architecture> networks() {
    return TestedNetworks.each()
        .map(blueprint -> blueprint.build(15, 0.25, TestedNetworks.side(blueprint.name())));
  }

  /** Compiles for the engine that is measured, to be trained with Adam. */
  protected abstract Network compile(Architecture architecture);

  /** Compiles for an engine in double precision, to be trained with Adam. */
  protected abstract Network compileExactly(Architecture architecture);

  @ParameterizedTest
  @MethodSource("graphs")
  void everyKindOfNode(Architecture architecture) {
    try (Network network = compile(architecture)) {
      assertSame(network, 2e-3);
    }
  }

  /** The last bits decide whether some of so many ReLUs are open, most in DenseNet-169. */
  @ParameterizedTest
  @MethodSource("networks")
  void everyNetwork(Architecture architecture) {
    try (Network network = compile(architecture)) {
      assertSame(network, tolerance(architecture));
    }
  }

  /** The share of all gradients' length that those of a registered network may differ by. */
  protected double tolerance(Architecture architecture) {
    return switch (architecture.name()) {
      case "densenet169" -> 2e-2;
      // A ReLU that is open by 6e-7 in double and closed in float32 makes 0.0065.
      case "resnet50_stride16" -> 1e-2;
      default -> 5e-3;
    };
  }

  /**
   * Compares a network with the exact one.
   *
   * @param tolerance share of all gradients' length that theirs may differ by
   */
  protected final void assertSame(Network network, double tolerance) {
    Architecture architecture = network.architecture();
    Result exact;
    try (Network other = compileExactly(architecture)) {
      exact = train(other);
    }
    Result fast = train(network);
    for (int n = 0; n < BATCH; n++) {
      for (int k = 0; k < architecture.classes(); k++) {
        assertThat((double) fast.logits[n][k]).isCloseTo(exact.logits[n][k], within(1e-4));
      }
    }
    assertThat(fast.step.loss()).isCloseTo(exact.step.loss(), within(1e-5 * exact.step.loss()));
    assertThat(fast.step.correct()).isEqualTo(exact.step.correct());
    double squares = 0;
    double squaredDistances = 0;
    for (Map.Entry<String, float[]> moment : exact.optimiser.entrySet()) {
      // Adam's first moment after one step is a tenth of the gradient.
      if (moment.getKey().startsWith("adam.first/")) {
        float[] actual = Objects.requireNonNull(fast.optimiser.get(moment.getKey()));
        squares += Math.pow(norm(moment.getValue()), 2);
        squaredDistances += Math.pow(distance(moment.getValue(), actual), 2);
      }
    }
    assertThat(Math.sqrt(squaredDistances)).isLessThan(tolerance * Math.sqrt(squares));
    assertThat(distance(exact.ofImages, fast.ofImages))
        .isLessThan(tolerance * norm(exact.ofImages));
    exact.weights.forEach(
        (tensor, values) -> {
          if (tensor.endsWith("running_mean") || tensor.endsWith("running_var")) {
            assertThat(distance(values, Objects.requireNonNull(fast.weights.get(tensor))))
                .as(tensor)
                .isLessThan(1e-4 * norm(values));
          }
        });
  }

  private record Result(
      float[][] logits,
      float[] ofImages,
      Step step,
      Map<String, float[]> weights,
      Map<String, float[]> optimiser) {}

  private static Result train(Network network) {
    network.load(GoldenWeights.of(network.architecture()));
    Batch images = GoldenWeights.images(BATCH, network.architecture().input().image().height());
    float[][] logits = network.logits(images);
    int[] labels = {0, 3, 14, 7, 3};
    float[] ofImages = network.inputGradient(images, labels);
    Step step = network.train(images, labels, 1e-4);
    return new Result(logits, ofImages, step, network.weights(), network.optimiser());
  }

  private static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
