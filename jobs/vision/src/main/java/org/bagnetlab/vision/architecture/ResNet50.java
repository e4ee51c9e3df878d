package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.architecture.Node.Add;
import org.bagnetlab.vision.architecture.Node.BatchNorm;
import org.bagnetlab.vision.architecture.Node.Convolution;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;
import org.bagnetlab.vision.architecture.Node.MaxPool;
import org.bagnetlab.vision.architecture.Node.Relu;

/**
 * ResNet-50 in its first version, which the report used: the stride sits in the first 1x1
 * convolution of a stage's first block. Names are pytorchcv's.
 */
record ResNet50() implements Blueprint {

  private static final int[] BLOCKS = {3, 4, 6, 3};

  @Override
  public String name() {
    return "resnet50";
  }

  @Override
  public String label() {
    return "ResNet-50";
  }

  @Override
  public boolean bagOfLocalFeatures() {
    return false;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    Blueprint.check(classes, width);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(3, imageSize, imageSize)));
    String stem = "features.init_block.conv";
    convolution(nodes, stem, "input", Blueprint.scaled(64, width), 7, 2);
    nodes.add(new Relu(stem + ".activ", stem + ".bn"));
    nodes.add(new MaxPool("features.init_block.pool", stem + ".activ", new Window(3, 2, 1)));
    String last = "features.init_block.pool";
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int planes = Blueprint.scaled(64 << stage, width);
      int outputs = Blueprint.scaled(256 << stage, width);
      for (int unit = 0; unit < BLOCKS[stage]; unit++) {
        String name = "features.stage%d.unit%d".formatted(stage + 1, unit + 1);
        int stride = stage > 0 && unit == 0 ? 2 : 1;
        last = bottleneck(nodes, name, last, planes, outputs, stride, unit == 0);
      }
    }
    nodes.add(new GlobalAveragePool("features.final_pool", last));
    nodes.add(new Linear("output", "features.final_pool", classes));
    return new Architecture(name(), nodes);
  }

  private static String bottleneck(
      List<Node> nodes,
      String name,
      String input,
      int planes,
      int outputs,
      int stride,
      boolean projected) {
    String body = name + ".body";
    convolution(nodes, body + ".conv1", input, planes, 1, stride);
    nodes.add(new Relu(body + ".conv1.activ", body + ".conv1.bn"));
    convolution(nodes, body + ".conv2", body + ".conv1.activ", planes, 3, 1);
    nodes.add(new Relu(body + ".conv2.activ", body + ".conv2.bn"));
    convolution(nodes, body + ".conv3", body + ".conv2.activ", outputs, 1, 1);
    String shortcut = input;
    if (projected) {
      convolution(nodes, name + ".identity_conv", input, outputs, 1, stride);
      shortcut = name + ".identity_conv.bn";
    }
    nodes.add(new Add(name + ".add", body + ".conv3.bn", shortcut));
    nodes.add(new Relu(name + ".activ", name + ".add"));
    return name + ".activ";
  }

  private static void convolution(
      List<Node> nodes, String name, String input, int channels, int kernel, int stride) {
    nodes.add(
        new Convolution(name + ".conv", input, channels, new Window(kernel, stride, kernel / 2)));
    nodes.add(new BatchNorm(name + ".bn", name + ".conv", 0.1));
  }
}
