package org.bagnetlab.vision.architecture;

import java.util.List;

/**
 * A node of an {@link Architecture}. Feature maps are [channels, height, width]; a node's number of
 * input channels follows from its input.
 */
public sealed interface Node {

  /** The name, unique in its graph. Where a node has parameters, the public checkpoint's name. */
  String name();

  /** Names of the nodes whose outputs this node takes, in order. */
  List<String> inputs();

  /** The kind of node in descriptions, for example {@code conv}. */
  String type();

  /** The shape of the output for inputs of these shapes, in the order of {@link #inputs()}. */
  Shape shape(List<Shape> inputs);

  /** The patch of its input that one position of the output looks at. */
  default Window window() {
    return Window.POINT;
  }

  /** The tensors that a checkpoint holds of this node, in PyTorch's order. */
  default List<Tensor> tensors(int inputChannels) {
    return List.of();
  }

  /** Multiplications that the output of this shape takes, of convolutions and linear layers. */
  default long multiplyAdds(int inputChannels, Shape output) {
    return 0;
  }

  /** Calls the visitor's method for this type of node. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Does something for each type of node. A new type does not compile until all visitors know it.
   */
  interface Visitor<R> {
    R input(Input node);

    R convolution(Convolution node);

    R batchNorm(BatchNorm node);

    R relu(Relu node);

    R maxPool(MaxPool node);

    R add(Add node);

    R globalAveragePool(GlobalAveragePool node);

    R linear(Linear node);
  }

  /** The normalised image: [channels, size, size]. */
  record Input(String name, Shape image) implements Node {
    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public String type() {
      return "input";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return image;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.input(this);
    }
  }

  /** A convolution with a square kernel and no bias. */
  record Convolution(String name, String input, int channels, Window window) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String type() {
      return "conv";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return window.over(inputs.get(0), channels);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      return List.of(
          Tensor.parameter(
              name + ".weight", channels, inputChannels, window.kernel(), window.kernel()));
    }

    @Override
    public long multiplyAdds(int inputChannels, Shape output) {
      return output.elements() * inputChannels * window.kernel() * window.kernel();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.convolution(this);
    }
  }

  /**
   * Batch normalisation with learnt scale and shift, epsilon 1e-5.
   *
   * @param momentum weight of the newest batch in the running statistics, as in PyTorch
   */
  record BatchNorm(String name, String input, double momentum) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String type() {
      return "batch-norm";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      return List.of(
          Tensor.parameter(name + ".weight", inputChannels),
          Tensor.parameter(name + ".bias", inputChannels),
          Tensor.statistic(name + ".running_mean", inputChannels),
          Tensor.statistic(name + ".running_var", inputChannels));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.batchNorm(this);
    }
  }

  /** max(0, x). */
  record Relu(String name, String input) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String type() {
      return "relu";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.relu(this);
    }
  }

  /** The largest value of each window; padding counts as minus infinity. */
  record MaxPool(String name, String input, Window window) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String type() {
      return "max-pool";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return window.over(inputs.get(0), inputs.get(0).channels());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.maxPool(this);
    }
  }

  /**
   * Adds a shortcut to the main path. A larger shortcut is cropped at the bottom and right to the
   * main path's size.
   */
  record Add(String name, String main, String shortcut) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(main, shortcut);
    }

    @Override
    public String type() {
      return "add";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.add(this);
    }
  }

  /** The mean over all positions: [channels, h, w] becomes [channels, 1, 1]. */
  record GlobalAveragePool(String name, String input) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String type() {
      return "global-average-pool";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(inputs.get(0).channels(), 1, 1);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.globalAveragePool(this);
    }
  }

  /** A linear layer with bias: [channels, 1, 1] becomes [outputs, 1, 1]. */
  record Linear(String name, String input, int outputs) implements Node {
    @Override
    public List<String> inputs() {
      return List.of(input);
    }

    @Override
    public String type() {
      return "linear";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return new Shape(outputs, 1, 1);
    }

    @Override
    public List<Tensor> tensors(int inputChannels) {
      return List.of(
          Tensor.parameter(name + ".weight", outputs, inputChannels),
          Tensor.parameter(name + ".bias", outputs));
    }

    @Override
    public long multiplyAdds(int inputChannels, Shape output) {
      return output.elements() * inputChannels;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.linear(this);
    }
  }
}
