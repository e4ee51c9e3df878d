package org.bagnetlab.vision.architecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A node of an {@link Architecture}. Feature maps are [channels, height, width]; a node's number of
 * input channels is determined by its input. The interface is sealed, so that engines do not
 * compile until they support a newly added type.
 */
public sealed interface Node {

  /**
   * The name, unique in its graph. A node with parameters has the name used in the public
   * checkpoint.
   */
  String name();

  /** Names of this node's inputs, in order. */
  List<String> inputs();

  /** The kind of node in descriptions. */
  default String type() {
    return switch (this) {
      case Input _ -> "input";
      case Convolution _ -> "conv";
      case BatchNorm _ -> "batch-norm";
      case Relu _ -> "relu";
      case MaxPool _ -> "max-pool";
      case AveragePool _ -> "average-pool";
      case AdaptiveAveragePool _ -> "adaptive-average-pool";
      case Add _ -> "add";
      case Concat _ -> "concat";
      case ChannelPool _ -> "channel-pool";
      case ChannelAttention _ -> "channel-attention";
      case Gate _ -> "gate";
      case GlobalAveragePool _ -> "global-average-pool";
      case FullyConnected _ -> "fully-connected";
      case Linear _ -> "linear";
    };
  }

  /**
   * The shape of the output for inputs of these shapes, in the order of {@link #inputs()}. By
   * default, the output has as many channels as the first input, and one position for each window.
   */
  default Shape shape(List<Shape> inputs) {
    return window().over(inputs.get(0), inputs.get(0).channels());
  }

  /** The window of its input that one position of the output depends on. */
  default Window window() {
    return Window.POINT;
  }

  /** Whether one position of its output depends on every position of its input. */
  default boolean seesWholeMap() {
    return false;
  }

  /** The tensors of this node in a checkpoint, in the order in which PyTorch stores them. */
  default List<Tensor> tensors(int inputChannels) {
    return List.of();
  }

  /**
   * The number of multiplications for an output of this shape; 0 except for convolutions and linear
   * layers.
   */
  default long multiplyAdds(int inputChannels, Shape output) {
    return 0;
  }

  /** A node with one input. */
  sealed interface Unary extends Node {

    /** The name of the input. */
    String input();

    @Override
    default List<String> inputs() {
      return List.of(input());
    }
  }

  /** The normalised image: [channels, size, size]. */
  record Input(String name, Shape image) implements Node {
    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return image;
    }
  }

  /**
   * A convolution with a square kernel.
   *
   * @param fan which connections of a position determine the scale of the initial weights
   * @param bias whether it adds a learnt value to each channel
   */
  record Convolution(String name, String input, int channels, Window window, Fan fan, boolean bias)
      implements Unary {

    /** The connections of a position that determine the scale of initial weights. */
    public enum Fan {
      /** The connections from the inputs (fan-in). */
      IN,
      /** The connections to the outputs (fan-out). */
      OUT
    }

    Convolution(String name, String input, int channels, Window window) {
      this(name, input, channels, window, Fan.OUT);
    }

    /** A convolution without a bias. */
    public Convolution(String name, String input, int channels, Window window, Fan fan) {
      this(name, input, channels, window, fan, false);
    }

    static Convolution biased(String name, String input, int channels, Window window) {
      return new Convolution(name, input, channels, window, Fan.OUT, true);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return window.over(inputs.get(0), channels);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      int connected = fan == Fan.IN ? inputChannels : channels;
      Tensor weight =
          Tensor.parameter(
              name + ".weight",
              Initial.he(window.kernel() * window.kernel() * connected),
              channels,
              inputChannels,
              window.kernel(),
              window.kernel());
      return bias
          ? List.of(weight, Tensor.parameter(name + ".bias", new Initial.Constant(0), channels))
          : List.of(weight);
    }

    @Override
    public long multiplyAdds(int inputChannels, Shape output) {
      return output.elements() * inputChannels * window.kernel() * window.kernel();
    }
  }

  /**
   * Batch normalisation with learnt scale and shift, epsilon 1e-5.
   *
   * @param momentum weight of the current batch in the running statistics, as in PyTorch
   * @param scale initial scale
   */
  record BatchNorm(String name, String input, double momentum, double scale) implements Unary {

    /** PyTorch's default momentum. */
    static final double MOMENTUM = 0.1;

    BatchNorm(String name, String input) {
      this(name, input, MOMENTUM, 1);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      return List.of(
          Tensor.parameter(name + ".weight", new Initial.Constant(scale), inputChannels),
          Tensor.parameter(name + ".bias", new Initial.Constant(0), inputChannels),
          Tensor.statistic(name + ".running_mean", 0, inputChannels),
          Tensor.statistic(name + ".running_var", 1, inputChannels));
    }
  }

  /** max(0, x). */
  record Relu(String name, String input) implements Unary {}

  /** The largest value of each window; padding counts as minus infinity. */
  record MaxPool(String name, String input, Window window) implements Unary {}

  /** The mean of each window, which must lie inside the map. */
  record AveragePool(String name, String input, Window window) implements Unary {

    /** Rejects padding, since libraries disagree on whether it counts in the mean. */
    public AveragePool {
      if (window.padding() > 0) {
        throw new IllegalArgumentException(name + ": an average pool has no padding");
      }
    }
  }

  /**
   * The means of a grid of windows that cover the map, whatever its size: [channels, h, w] becomes
   * [channels, side, side]. As in PyTorch, the windows of a map whose size is not a multiple of the
   * side overlap, and repeat positions of a smaller map. It counts as seeing the whole map, since
   * windows depend on the map's size.
   */
  record AdaptiveAveragePool(String name, String input, int side) implements Unary {

    @Override
    public boolean seesWholeMap() {
      return true;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(inputs.get(0).channels(), side, side);
    }

    /** The rows of a map that each row of the output depends on, or the columns. */
    public List<Extent> extents(int length) {
      return IntStream.range(0, side)
          .mapToObj(i -> new Extent(i * length / side, ((i + 1) * length + side - 1) / side))
          .toList();
    }
  }

  /**
   * The sum of the main path and a shortcut. A larger shortcut is cropped at the bottom and right
   * to the main path's size.
   */
  record Add(String name, String main, String shortcut) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(main, shortcut);
    }
  }

  /** The concatenated channels of several maps of equal size. */
  record Concat(String name, List<String> inputs) implements Node {

    /** Copies the list. */
    public Concat {
      inputs = List.copyOf(inputs);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      int channels = inputs.stream().mapToInt(Shape::channels).sum();
      return new Shape(channels, inputs.get(0).height(), inputs.get(0).width());
    }
  }

  /** The largest and the mean value over all channels: [channels, h, w] becomes [2, h, w]. */
  record ChannelPool(String name, String input) implements Unary {
    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(2, inputs.get(0).height(), inputs.get(0).width());
    }
  }

  /**
   * A value for each channel, computed from the whole map (Woo et al. 2018): a perceptron with one
   * hidden layer of ReLUs is applied to the channels' means and, with the same weights, to their
   * largest values; its two outputs are added. [channels, h, w] becomes [channels, 1, 1].
   */
  record ChannelAttention(String name, String input, int hidden) implements Unary {
    @Override
    public boolean seesWholeMap() {
      return true;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(inputs.get(0).channels(), 1, 1);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      Initial first = Initial.linear(inputChannels);
      Initial second = Initial.linear(hidden);
      return List.of(
          Tensor.parameter(name + ".fc1.weight", first, hidden, inputChannels),
          Tensor.parameter(name + ".fc1.bias", first, hidden),
          Tensor.parameter(name + ".fc2.weight", second, inputChannels, hidden),
          Tensor.parameter(name + ".fc2.bias", second, inputChannels));
    }

    @Override
    public long multiplyAdds(int inputChannels, Shape output) {
      return 4L * inputChannels * hidden;
    }
  }

  /**
   * The product of a map and the sigmoid of a gate of shape [channels, 1, 1] or [1, h, w], which is
   * repeated over positions or channels.
   */
  record Gate(String name, String map, String gate) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(map, gate);
    }
  }

  /** The mean over all positions: [channels, h, w] becomes [channels, 1, 1]. */
  record GlobalAveragePool(String name, String input) implements Unary {
    @Override
    public boolean seesWholeMap() {
      return true;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(inputs.get(0).channels(), 1, 1);
    }
  }

  /**
   * A hidden linear layer with bias on a whole map: [channels, side, side] becomes [outputs, 1, 1].
   * It is a convolution with one position, but a checkpoint has its weights as a matrix.
   */
  record FullyConnected(String name, String input, int side, int outputs) implements Unary {
    @Override
    public boolean seesWholeMap() {
      return true;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(outputs, 1, 1);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      int connected = inputChannels * side * side;
      return List.of(
          Tensor.parameter(name + ".weight", Initial.he(connected), outputs, connected),
          Tensor.parameter(name + ".bias", new Initial.Constant(0), outputs));
    }

    @Override
    public long multiplyAdds(int inputChannels, Shape output) {
      return output.elements() * inputChannels * side * side;
    }
  }

  /** A linear layer with bias: [channels, 1, 1] becomes [outputs, 1, 1]. */
  record Linear(String name, String input, int outputs) implements Unary {
    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(outputs, 1, 1);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      return List.of(
          Tensor.parameter(name + ".weight", Initial.linear(inputChannels), outputs, inputChannels),
          Tensor.parameter(name + ".bias", Initial.linear(inputChannels), outputs));
    }

    @Override
    public long multiplyAdds(int inputChannels, Shape output) {
      return output.elements() * inputChannels;
    }
  }
}
