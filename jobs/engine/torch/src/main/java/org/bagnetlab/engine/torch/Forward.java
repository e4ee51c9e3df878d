package org.bagnetlab.engine.torch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Window;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Computes a section's nodes one after another. Maps are [image, channel, row, column], with
 * channels last in memory. An output is released after its last reader; autograd keeps what it
 * needs.
 */
final class Forward {

  private static final double EPSILON = 1e-5;
  private static final long CHANNEL = 1;
  private static final long[] POSITIONS = {2, 3};

  private final Section section;
  private final TorchParameters parameters;
  private final boolean training;
  private final Map<String, Tensor> values;
  private final Set<String> given;
  private final Map<String, Integer> readers;

  private Forward(
      Section section, Map<String, Tensor> given, TorchParameters parameters, boolean training) {
    this.section = section;
    this.parameters = parameters;
    this.training = training;
    values = new HashMap<>(given);
    this.given = new HashSet<>(given.keySet());
    readers = new HashMap<>(section.readers());
  }

  /**
   * Computes a section with the batch's statistics, updates the running statistics, and keeps what
   * the gradients of parameters need.
   *
   * @param given values of nodes outside of the section, or of the input, by name; they are not
   *     changed
   * @return the section's results by name
   */
  static Map<String, Tensor> training(
      Section section, Map<String, Tensor> given, TorchParameters parameters) {
    return new Forward(section, given, parameters, true).run();
  }

  /** Computes a section with the running statistics. Otherwise it is like {@link #training}. */
  static Map<String, Tensor> evaluation(
      Section section, Map<String, Tensor> given, TorchParameters parameters) {
    return new Forward(section, given, parameters, false).run();
  }

  private Map<String, Tensor> run() {
    for (Node node : section.nodes()) {
      if (!given.contains(node.name())) {
        Tensor value = compute(node);
        node.inputs().forEach(input -> release(input, value));
        values.put(node.name(), value);
      }
    }
    values.keySet().retainAll(section.results());
    return values;
  }

  private void release(String name, Tensor successor) {
    int left = readers.merge(name, -1, Integer::sum);
    if (left == 0 && isOurs(name)) {
      Tensor value = Objects.requireNonNull(values.remove(name));
      if (!value.equals(successor)) {
        value.close();
      }
    }
  }

  private boolean isOurs(String name) {
    return !given.contains(name) && !section.results().contains(name);
  }

  /** Whether the current node may overwrite an output, since nothing else reads it. */
  private boolean isFree(String name) {
    return isOurs(name) && readers.getOrDefault(name, 0) == 1;
  }

  private Tensor value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private Tensor parameter(String name) {
    return training ? parameters.learning(name) : parameters.fixed(name);
  }

  private static long[] both(int value) {
    return new long[] {value, value};
  }

  private Tensor compute(Node node) {
    return switch (node) {
      case Node.Input _ -> throw new IllegalStateException("no images are given");
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
    };
  }

  private Tensor convolution(Node.Convolution node) {
    Window window = node.window();
    Tensor map = value(node.input());
    boolean strided = window.kernel() == 1 && window.stride() > 1 && map.is_cpu();
    return torch.conv2d(
        strided ? everyNth(map, window.stride()) : map,
        parameter(node.name() + ".weight"),
        node.bias() ? new TensorOptional(parameter(node.name() + ".bias")) : new TensorOptional(),
        both(strided ? 1 : window.stride()),
        both(window.padding()),
        both(1),
        1);
  }

  /**
   * The positions that a 1x1 convolution with a stride reads. The positions are selected
   * separately, because in the backward pass oneDNN's kernels for such a convolution write past
   * their buffers if channels are last and their number is not a multiple of 16. PyTorch 2.13 has
   * the same bug.
   */
  private static Tensor everyNth(Tensor map, int stride) {
    LongOptional all = new LongOptional();
    return map.slice(2, new LongOptional(0), all, stride)
        .slice(3, new LongOptional(0), all, stride)
        .contiguous(MemoryFormat.ChannelsLast);
  }

  private Tensor batchNorm(Node.BatchNorm node) {
    return torch.batch_norm(
        value(node.input()),
        new TensorOptional(parameter(node.name() + ".weight")),
        new TensorOptional(parameter(node.name() + ".bias")),
        new TensorOptional(parameters.fixed(node.name() + ".running_mean")),
        new TensorOptional(parameters.fixed(node.name() + ".running_var")),
        training,
        node.momentum(),
        EPSILON,
        true);
  }

  private Tensor relu(Node.Relu node) {
    Tensor map = value(node.input());
    if (isFree(node.input())) {
      map.relu_();
      return map;
    }
    return map.relu();
  }

  private Tensor maxPool(Node.MaxPool node) {
    Window window = node.window();
    return torch.max_pool2d(
        value(node.input()),
        both(window.kernel()),
        both(window.stride()),
        both(window.padding()),
        both(1),
        false);
  }

  private Tensor averagePool(Node.AveragePool node) {
    Window window = node.window();
    return torch.avg_pool2d(
        value(node.input()),
        both(window.kernel()),
        both(window.stride()),
        both(0),
        false,
        true,
        new LongOptional());
  }

  private Tensor adaptiveAveragePool(Node.AdaptiveAveragePool node) {
    return torch.adaptive_avg_pool2d(value(node.input()), both(node.side()));
  }

  private Tensor fullyConnected(Node.FullyConnected node) {
    return torch
        .linear(
            value(node.input()).flatten(CHANNEL, -1),
            parameter(node.name() + ".weight"),
            parameter(node.name() + ".bias"))
        .unsqueeze(2)
        .unsqueeze(3);
  }

  private Tensor add(Node.Add node) {
    Tensor main = value(node.main());
    Tensor shortcut = cropped(value(node.shortcut()), main.size(2), main.size(3));
    Scalar one = new Scalar(1.0);
    if (isFree(node.main())) {
      main.add_(shortcut, one);
      return main;
    }
    return main.add(shortcut, one);
  }

  /** The top left part of a map, as a view. */
  static Tensor cropped(Tensor map, long height, long width) {
    return map.narrow(2, 0, height).narrow(3, 0, width);
  }

  private Tensor concat(Node.Concat node) {
    TensorVector maps = new TensorVector();
    node.inputs().forEach(input -> maps.push_back(value(input)));
    return torch.cat(maps, CHANNEL);
  }

  private Tensor channelPool(Node.ChannelPool node) {
    Tensor map = value(node.input());
    Tensor largest = map.max(CHANNEL, true).get0();
    Tensor mean = map.mean(new long[] {CHANNEL}, true, new ScalarTypeOptional());
    return torch.cat(new TensorVector(largest, mean), CHANNEL);
  }

  private Tensor channelAttention(Node.ChannelAttention node) {
    Tensor map = value(node.input());
    Tensor means = mean(map).flatten(CHANNEL, -1);
    Tensor largest = map.flatten(2, -1).max(2, false).get0();
    Tensor sum = perceptron(node.name(), means).add(perceptron(node.name(), largest));
    return sum.unsqueeze(2).unsqueeze(3);
  }

  private Tensor perceptron(String name, Tensor features) {
    Tensor hidden =
        torch.linear(features, parameter(name + ".fc1.weight"), parameter(name + ".fc1.bias"));
    return torch.linear(
        hidden.relu(), parameter(name + ".fc2.weight"), parameter(name + ".fc2.bias"));
  }

  private Tensor gate(Node.Gate node) {
    return value(node.map()).mul(value(node.gate()).sigmoid());
  }

  private Tensor globalAveragePool(Node.GlobalAveragePool node) {
    return mean(value(node.input()));
  }

  private static Tensor mean(Tensor map) {
    return map.mean(POSITIONS, true, new ScalarTypeOptional());
  }

  /** The output of a linear layer: [image, output]. */
  private Tensor linear(Node.Linear node) {
    return torch.linear(
        value(node.input()).flatten(CHANNEL, -1),
        parameter(node.name() + ".weight"),
        parameter(node.name() + ".bias"));
  }

  /**
   * The classifier at every position of a feature map.
   *
   * @param parameter returns the parameter with a name, with or without gradient
   * @return [image, class, row, column]
   */
  static Tensor logitsOfPositions(
      Node.Linear classifier, Tensor features, Function<String, Tensor> parameter) {
    return torch
        .linear(
            features.permute(0, 2, 3, 1),
            parameter.apply(classifier.name() + ".weight"),
            parameter.apply(classifier.name() + ".bias"))
        .permute(0, 3, 1, 2);
  }
}
