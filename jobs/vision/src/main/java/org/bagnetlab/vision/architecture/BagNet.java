package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.architecture.Node.Add;
import org.bagnetlab.vision.architecture.Node.BatchNorm;
import org.bagnetlab.vision.architecture.Node.Convolution;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;
import org.bagnetlab.vision.architecture.Node.Relu;

/**
 * The BagNets of Brendel and Bethge (2019): a ResNet-50 without padding and max pooling in which
 * most 3x3 kernels became 1x1, so that each position of the last feature map has seen a patch of
 * {@code patch} x {@code patch} pixels. Names are those of the authors' checkpoints.
 *
 * @param patch side of the patch in pixels: 9, 17 or 33
 */
record BagNet(int patch) implements Blueprint {

  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int[] STRIDES = {2, 2, 2, 1};

  /**
   * Momentum of the first batch norm. It only makes sense from pretrained statistics: trained from
   * scratch for a few hundred steps they never arrive. See {@link
   * Architecture#withMomentumAtLeast}.
   */
  private static final double STEM_MOMENTUM = 0.001;

  @Override
  public String name() {
    return "bagnet" + patch;
  }

  @Override
  public String label() {
    return "BagNet-" + patch;
  }

  @Override
  public boolean bagOfLocalFeatures() {
    return true;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    Blueprint.check(classes, width);
    List<Node> nodes = new ArrayList<>();
    int stem = Blueprint.scaled(64, width);
    nodes.add(new Input("input", new Shape(3, imageSize, imageSize)));
    nodes.add(new Convolution("conv1", "input", stem, new Window(1, 1, 0)));
    nodes.add(new Convolution("conv2", "conv1", stem, new Window(3, 1, 0)));
    nodes.add(new BatchNorm("bn1", "conv2", STEM_MOMENTUM, 1));
    nodes.add(new Relu("relu", "bn1"));
    String last = "relu";
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int planes = Blueprint.scaled(64 << stage, width);
      int outputs = Blueprint.scaled(256 << stage, width);
      for (int block = 0; block < BLOCKS[stage]; block++) {
        boolean first = block == 0;
        int kernel = first && 1 + (4 << stage) <= patch ? 3 : 1;
        last =
            bottleneck(
                nodes,
                "layer%d.%d".formatted(stage + 1, block),
                last,
                planes,
                outputs,
                kernel,
                first ? STRIDES[stage] : 1,
                first);
      }
    }
    nodes.add(new GlobalAveragePool("avgpool", last));
    nodes.add(new Linear("fc", "avgpool", classes));
    return new Architecture(name(), nodes);
  }

  private static String bottleneck(
      List<Node> nodes,
      String name,
      String input,
      int planes,
      int outputs,
      int kernel,
      int stride,
      boolean projected) {
    nodes.add(new Convolution(name + ".conv1", input, planes, new Window(1, 1, 0)));
    nodes.add(new BatchNorm(name + ".bn1", name + ".conv1"));
    nodes.add(new Relu(name + ".relu1", name + ".bn1"));
    nodes.add(
        new Convolution(name + ".conv2", name + ".relu1", planes, new Window(kernel, stride, 0)));
    nodes.add(new BatchNorm(name + ".bn2", name + ".conv2"));
    nodes.add(new Relu(name + ".relu2", name + ".bn2"));
    nodes.add(new Convolution(name + ".conv3", name + ".relu2", outputs, new Window(1, 1, 0)));
    nodes.add(new BatchNorm(name + ".bn3", name + ".conv3"));
    String shortcut = input;
    if (projected) {
      nodes.add(new Convolution(name + ".downsample.0", input, outputs, new Window(1, stride, 0)));
      nodes.add(new BatchNorm(name + ".downsample.1", name + ".downsample.0"));
      shortcut = name + ".downsample.1";
    }
    nodes.add(new Add(name + ".add", name + ".bn3", shortcut));
    nodes.add(new Relu(name + ".relu", name + ".add"));
    return name + ".relu";
  }
}
