package org.bagnetlab.vision.network;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;

/**
 * A BagNet of two blocks, with patches of 5 pixels, that {@code docs/checks/training-in-pytorch.py}
 * defines in PyTorch: small enough to be trained in every way.
 */
final class SmallBagNet {

  /** Side in pixels of the patch that a position of the last feature map sees. */
  static final int PATCH = 5;

  private static final Window THREE = new Window(3, 1, 0);

  private SmallBagNet() {}

  static Architecture build(int classes, int imageSize) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node.Input("input", new Shape(3, imageSize, imageSize)));
    convolution(nodes, "conv1", "input", 8, Window.POINT);
    convolution(nodes, "conv2", "conv1", 8, THREE);
    norm(nodes, "bn1", "conv2");
    nodes.add(new Node.Relu("relu", "bn1"));
    bottleneck(nodes, "layer1", "relu", new Window(3, 2, 0));
    convolution(nodes, "layer1.downsample.0", "relu", 16, new Window(1, 2, 0));
    norm(nodes, "layer1.downsample.1", "layer1.downsample.0");
    sum(nodes, "layer1", "layer1.downsample.1");
    bottleneck(nodes, "layer2", "layer1.relu", Window.POINT);
    sum(nodes, "layer2", "layer1.relu");
    nodes.add(new Node.GlobalAveragePool("avgpool", "layer2.relu"));
    nodes.add(new Node.Linear("fc", "avgpool", classes));
    return new Architecture("small_bagnet", nodes);
  }

  private static void bottleneck(List<Node> nodes, String name, String input, Window middle) {
    convolution(nodes, name + ".conv1", input, 6, Window.POINT);
    norm(nodes, name + ".bn1", name + ".conv1");
    nodes.add(new Node.Relu(name + ".relu1", name + ".bn1"));
    convolution(nodes, name + ".conv2", name + ".relu1", 6, middle);
    norm(nodes, name + ".bn2", name + ".conv2");
    nodes.add(new Node.Relu(name + ".relu2", name + ".bn2"));
    convolution(nodes, name + ".conv3", name + ".relu2", 16, Window.POINT);
    norm(nodes, name + ".bn3", name + ".conv3");
  }

  private static void sum(List<Node> nodes, String name, String shortcut) {
    nodes.add(new Node.Add(name + ".add", name + ".bn3", shortcut));
    nodes.add(new Node.Relu(name + ".relu", name + ".add"));
  }

  private static void convolution(
      List<Node> nodes, String name, String input, int channels, Window window) {
    nodes.add(new Node.Convolution(name, input, channels, window, Node.Convolution.Fan.OUT));
  }

  private static void norm(List<Node> nodes, String name, String input) {
    nodes.add(new Node.BatchNorm(name, input, 0.1, 1));
  }
}
