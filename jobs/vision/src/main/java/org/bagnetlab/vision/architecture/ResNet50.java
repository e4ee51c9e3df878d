package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.vision.architecture.Node.Add;
import org.bagnetlab.vision.architecture.Node.BatchNorm;
import org.bagnetlab.vision.architecture.Node.ChannelAttention;
import org.bagnetlab.vision.architecture.Node.ChannelPool;
import org.bagnetlab.vision.architecture.Node.Convolution;
import org.bagnetlab.vision.architecture.Node.Gate;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;
import org.bagnetlab.vision.architecture.Node.MaxPool;
import org.bagnetlab.vision.architecture.Node.Relu;

/** ResNet-50 (He et al. 2016) in several versions. Tensor names are those of pytorchcv. */
record ResNet50(Version version) implements Blueprint {

  private static final int[] BLOCKS = {3, 4, 6, 3};

  /**
   * Ratio of the number of channels to the number of hidden units of the attention's perceptron.
   */
  private static final int REDUCTION = 16;

  /** The versions. */
  enum Version {
    /** The first version, which the report used: a stage's first 1x1 convolution has the stride. */
    V1("resnet50", "ResNet-50"),
    /** Torchvision's version: the 3x3 convolution has the stride. */
    V1_5("resnet50_v15", "ResNet-50 v1.5"),
    /**
     * V1.5 with the convolutional block attention modules of Woo et al. (2018) before the addition
     * in every block. The momentum of their batch norms is that of pytorchcv.
     */
    CBAM("cbam_resnet50", "CBAM-ResNet50");

    private final String name;
    private final String label;

    Version(String name, String label) {
      this.name = name;
      this.label = label;
    }
  }

  @Override
  public String name() {
    return version.name;
  }

  @Override
  public String label() {
    return version.label;
  }

  @Override
  public Family family() {
    return version == Version.V1_5 ? Family.VARIANTS : Family.REPORT;
  }

  @Override
  public Renaming renaming() {
    return Renaming.RESNET;
  }

  @Override
  public Optional<Twin> twin() {
    return switch (version) {
      // Torchvision publishes weights of v1.5, pytorchcv of v1.
      case V1 -> Optional.of(new Twin(Version.V1_5.name, true));
      case V1_5 -> Optional.of(new Twin(Version.V1.name, false));
      case CBAM -> Optional.empty();
    };
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    Blueprint.check(classes, width);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(3, imageSize, imageSize)));
    String stem = "features.init_block.conv";
    convolution(nodes, stem, "input", Blueprint.scaled(64, width), new Window(7, 2, 3));
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

  private String bottleneck(
      List<Node> nodes,
      String name,
      String input,
      int planes,
      int outputs,
      int stride,
      boolean projected) {
    String body = name + ".body";
    boolean early = version == Version.V1;
    convolution(nodes, body + ".conv1", input, planes, new Window(1, early ? stride : 1, 0));
    nodes.add(new Relu(body + ".conv1.activ", body + ".conv1.bn"));
    convolution(
        nodes,
        body + ".conv2",
        body + ".conv1.activ",
        planes,
        new Window(3, early ? 1 : stride, 1));
    nodes.add(new Relu(body + ".conv2.activ", body + ".conv2.bn"));
    convolution(nodes, body + ".conv3", body + ".conv2.activ", outputs, Window.POINT);
    String shortcut = input;
    if (projected) {
      convolution(nodes, name + ".identity_conv", input, outputs, new Window(1, stride, 0));
      shortcut = name + ".identity_conv.bn";
    }
    String main = body + ".conv3.bn";
    if (version == Version.CBAM) {
      main = attention(nodes, name + ".cbam", main, outputs);
    }
    nodes.add(new Add(name + ".add", main, shortcut));
    nodes.add(new Relu(name + ".activ", name + ".add"));
    return name + ".activ";
  }

  /** Adds attention to the channels, then to the positions. */
  private static String attention(List<Node> nodes, String name, String input, int channels) {
    String which = name + ".ch_gate";
    nodes.add(new ChannelAttention(which + ".mlp", input, Math.max(1, channels / REDUCTION)));
    nodes.add(new Gate(which, input, which + ".mlp"));
    String where = name + ".sp_gate";
    nodes.add(new ChannelPool(where + ".pool", which));
    nodes.add(new Convolution(where + ".conv.conv", where + ".pool", 1, new Window(7, 1, 3)));
    nodes.add(new BatchNorm(where + ".conv.bn", where + ".conv.conv", BatchNorm.MOMENTUM, 0));
    nodes.add(new Gate(where, which, where + ".conv.bn"));
    return where;
  }

  private static void convolution(
      List<Node> nodes, String name, String input, int channels, Window window) {
    nodes.add(new Convolution(name + ".conv", input, channels, window));
    nodes.add(new BatchNorm(name + ".bn", name + ".conv"));
  }
}
