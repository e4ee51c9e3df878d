package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.architecture.Node.AdaptiveAveragePool;
import org.bagnetlab.vision.architecture.Node.BatchNorm;
import org.bagnetlab.vision.architecture.Node.Convolution;
import org.bagnetlab.vision.architecture.Node.FullyConnected;
import org.bagnetlab.vision.architecture.Node.GlobalAveragePool;
import org.bagnetlab.vision.architecture.Node.Input;
import org.bagnetlab.vision.architecture.Node.Linear;
import org.bagnetlab.vision.architecture.Node.MaxPool;
import org.bagnetlab.vision.architecture.Node.Relu;

/**
 * VGG-16 of Simonyan and Zisserman (2015), with torchvision's names of tensors. The dropout between
 * its fully connected layers, which matters in training only, is left out: all regularisation is a
 * parameter of the training.
 *
 * @param normalised whether each convolution is followed by a batch norm
 */
record Vgg16(boolean normalised) implements Blueprint {

  /** Channels of each convolution, stage by stage; a stage ends with a max pool. */
  private static final List<List<Integer>> STAGES =
      List.of(
          List.of(64, 64),
          List.of(128, 128),
          List.of(256, 256, 256),
          List.of(512, 512, 512),
          List.of(512, 512, 512));

  private static final Window THREE = new Window(3, 1, 1);

  private static final int HIDDEN = 4096;

  /** Side of the map that the first fully connected layer reads. */
  private static final int SIDE = 7;

  @Override
  public String name() {
    return normalised ? "vgg16_bn" : "vgg16";
  }

  @Override
  public String label() {
    return normalised ? "VGG-16 with batch norm" : "VGG-16";
  }

  @Override
  public Family family() {
    return Family.VGG;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    Blueprint.check(classes, width);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(3, imageSize, imageSize)));
    String last = "input";
    int layer = 0;
    for (List<Integer> stage : STAGES) {
      for (int channels : stage) {
        String name = "features." + layer++;
        nodes.add(Convolution.biased(name, last, Blueprint.scaled(channels, width), THREE));
        if (normalised) {
          String norm = "features." + layer++;
          nodes.add(new BatchNorm(norm, name));
          name = norm;
        }
        last = "features." + layer++;
        nodes.add(new Relu(last, name));
      }
      String pool = "features." + layer++;
      nodes.add(new MaxPool(pool, last, new Window(2, 2, 0)));
      last = pool;
    }
    nodes.add(new AdaptiveAveragePool("avgpool", last, SIDE));
    int hidden = Blueprint.scaled(HIDDEN, width);
    nodes.add(new FullyConnected("classifier.0", "avgpool", SIDE, hidden));
    nodes.add(new Relu("classifier.1", "classifier.0"));
    nodes.add(new FullyConnected("classifier.3", "classifier.1", 1, hidden));
    nodes.add(new Relu("classifier.4", "classifier.3"));
    // A single position, whose mean is itself.
    nodes.add(new GlobalAveragePool("pool", "classifier.4"));
    nodes.add(new Linear("classifier.6", "pool", classes));
    return new Architecture(name(), nodes);
  }
}
