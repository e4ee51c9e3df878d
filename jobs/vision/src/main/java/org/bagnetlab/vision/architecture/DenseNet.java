package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.architecture.Node.AveragePool;
import org.bagnetlab.vision.architecture.Node.BatchNorm;
import org.bagnetlab.vision.architecture.Node.Concat;
import org.bagnetlab.vision.architecture.Node.Convolution;
import org.bagnetlab.vision.architecture.Node.Convolution.Fan;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;
import org.bagnetlab.vision.architecture.Node.MaxPool;
import org.bagnetlab.vision.architecture.Node.Relu;

/**
 * The densely connected networks of Huang et al. (2017): every unit appends {@value #GROWTH}
 * channels to its input, and a transition between stages halves the number of channels. Tensor
 * names are those of pytorchcv.
 *
 * @param depth number of layers, used in the name
 * @param units number of units of each stage
 */
record DenseNet(int depth, List<Integer> units) implements Blueprint {

  private static final int GROWTH = 32;

  /** Number of channels inside a unit, as a multiple of the channels that it adds. */
  private static final int BOTTLENECK = 4;

  @Override
  public String name() {
    return "densenet" + depth;
  }

  @Override
  public String label() {
    return "DenseNet-" + depth;
  }

  @Override
  public Family family() {
    return Family.REPORT;
  }

  @Override
  public Renaming renaming() {
    return Renaming.DENSENET;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    Blueprint.check(classes, width);
    List<Node> nodes = new ArrayList<>();
    int channels = Blueprint.scaled(64, width);
    int growth = Blueprint.scaled(GROWTH, width);
    String last = stem(nodes, channels, imageSize);
    for (int stage = 1; stage <= units.size(); stage++) {
      String name = "features.stage" + stage;
      if (stage > 1) {
        channels /= 2;
        last = transition(nodes, name + ".trans" + stage, last, channels);
      }
      for (int unit = 1; unit <= units.get(stage - 1); unit++) {
        last = unit(nodes, name + ".unit" + unit, last, growth);
        channels += growth;
      }
    }
    nodes.add(new BatchNorm("features.post_activ.bn", last));
    nodes.add(new Relu("features.post_activ.activ", "features.post_activ.bn"));
    nodes.add(new GlobalAveragePool("features.final_pool", "features.post_activ.activ"));
    nodes.add(new Linear("output", "features.final_pool", classes));
    return new Architecture(name(), nodes);
  }

  private static String stem(List<Node> nodes, int channels, int imageSize) {
    String name = "features.init_block";
    nodes.add(new Input("input", new Shape(3, imageSize, imageSize)));
    nodes.add(new Convolution(name + ".conv", "input", channels, new Window(7, 2, 3), Fan.IN));
    nodes.add(new BatchNorm(name + ".bn", name + ".conv"));
    nodes.add(new Relu(name + ".activ", name + ".bn"));
    nodes.add(new MaxPool(name + ".pool", name + ".activ", new Window(3, 2, 1)));
    return name + ".pool";
  }

  private static String transition(List<Node> nodes, String name, String input, int channels) {
    String convolution = convolution(nodes, name + ".conv", input, channels, 1);
    nodes.add(new AveragePool(name + ".pool", convolution, new Window(2, 2, 0)));
    return name + ".pool";
  }

  private static String unit(List<Node> nodes, String name, String input, int growth) {
    String inside = convolution(nodes, name + ".conv1", input, BOTTLENECK * growth, 1);
    String added = convolution(nodes, name + ".conv2", inside, growth, 3);
    nodes.add(new Concat(name + ".concat", List.of(input, added)));
    return name + ".concat";
  }

  /** Adds a convolution, with normalisation and ReLU before it. */
  private static String convolution(
      List<Node> nodes, String name, String input, int channels, int kernel) {
    nodes.add(new BatchNorm(name + ".bn", input));
    nodes.add(new Relu(name + ".activ", name + ".bn"));
    nodes.add(
        new Convolution(
            name + ".conv", name + ".activ", channels, new Window(kernel, 1, kernel / 2), Fan.IN));
    return name + ".conv";
  }
}
