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
 * The design choices in which ResNet-50 and the BagNets differ. All of these networks have a stem
 * and four stages of bottlenecks, each added to a shortcut; tensor names are those of torchvision
 * and of the BagNets' authors.
 *
 * @param stem the first convolutions
 * @param stemStride distance in pixels between positions after the stem
 * @param maxPool whether the first stage's stride is in a 3x3 max pooling instead of in its first
 *     block
 * @param strides stride of each stage
 * @param strideIn which convolution of a stage's first block has the stride
 * @param padded whether convolutions pad a map with zeros, to keep its size
 * @param spatialBlocks maximum number of blocks of each stage, counted from its first, that have a
 *     3x3 convolution; the other blocks have a 1x1 convolution instead
 * @param blocks number of bottlenecks of each stage
 */
record ResidualDesign(
    Stem stem,
    int stemStride,
    boolean maxPool,
    List<Integer> strides,
    StrideIn strideIn,
    boolean padded,
    List<Integer> spatialBlocks,
    List<Integer> blocks) {

  /** The first convolutions. */
  enum Stem {
    /** One 7x7 convolution. */
    LARGE,
    /** One 3x3 convolution. */
    MEDIUM,
    /** A 1x1 and a 3x3 convolution without normalisation or activation between them. */
    SMALL
  }

  /** A convolution of a bottleneck. */
  enum StrideIn {
    /** The first, which is 1x1. */
    FIRST,
    /** The middle one, which is 3x3 in most blocks. */
    MIDDLE
  }

  /** Copies the lists. */
  ResidualDesign {
    strides = List.copyOf(strides);
    spatialBlocks = List.copyOf(spatialBlocks);
    blocks = List.copyOf(blocks);
  }

  ResidualDesign withStem(Stem value) {
    return new ResidualDesign(
        value, stemStride, maxPool, strides, strideIn, padded, spatialBlocks, blocks);
  }

  ResidualDesign withStemStride(int value) {
    return new ResidualDesign(
        stem, value, maxPool, strides, strideIn, padded, spatialBlocks, blocks);
  }

  ResidualDesign withoutMaxPool() {
    return new ResidualDesign(
        stem, stemStride, false, strides, strideIn, padded, spatialBlocks, blocks);
  }

  ResidualDesign withStrides(Integer... values) {
    return new ResidualDesign(
        stem, stemStride, maxPool, List.of(values), strideIn, padded, spatialBlocks, blocks);
  }

  ResidualDesign withStrideIn(StrideIn value) {
    return new ResidualDesign(
        stem, stemStride, maxPool, strides, value, padded, spatialBlocks, blocks);
  }

  ResidualDesign withPadding() {
    return new ResidualDesign(
        stem, stemStride, maxPool, strides, strideIn, true, spatialBlocks, blocks);
  }

  ResidualDesign withSpatialBlocks(List<Integer> values) {
    return new ResidualDesign(stem, stemStride, maxPool, strides, strideIn, padded, values, blocks);
  }

  ResidualDesign withBlocks(Integer... values) {
    return new ResidualDesign(
        stem, stemStride, maxPool, strides, strideIn, padded, spatialBlocks, List.of(values));
  }

  /**
   * Builds the graph.
   *
   * @param name registered name
   * @param stemMomentum momentum of the first batch norm
   */
  Architecture build(String name, double stemMomentum, int classes, double width, int imageSize) {
    Blueprint.check(classes, width);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(3, imageSize, imageSize)));
    String last = stem(nodes, Blueprint.scaled(64, width), stemMomentum);
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        last = bottleneck(nodes, last, stage, block, width);
      }
    }
    nodes.add(new GlobalAveragePool("avgpool", last));
    nodes.add(new Linear("fc", "avgpool", classes));
    return new Architecture(name, nodes);
  }

  private String stem(List<Node> nodes, int channels, double momentum) {
    String last =
        switch (stem) {
          case LARGE, MEDIUM -> {
            int kernel = stem == Stem.LARGE ? 7 : 3;
            nodes.add(new Convolution("conv1", "input", channels, window(kernel, stemStride)));
            yield "conv1";
          }
          case SMALL -> {
            nodes.add(new Convolution("conv1", "input", channels, Window.POINT));
            nodes.add(new Convolution("conv2", "conv1", channels, window(3, stemStride)));
            yield "conv2";
          }
        };
    nodes.add(new BatchNorm("bn1", last, momentum, 1));
    nodes.add(new Relu("relu", "bn1"));
    if (!maxPool) {
      return "relu";
    }
    nodes.add(new MaxPool("maxpool", "relu", window(3, strides.get(0))));
    return "maxpool";
  }

  private String bottleneck(List<Node> nodes, String input, int stage, int block, double width) {
    String name = "layer%d.%d".formatted(stage + 1, block);
    int planes = Blueprint.scaled(64 << stage, width);
    int outputs = Blueprint.scaled(256 << stage, width);
    boolean strided = block == 0 && !(stage == 0 && maxPool);
    int stride = strided ? strides.get(stage) : 1;
    int first = strideIn == StrideIn.FIRST ? stride : 1;
    int kernel = block < spatialBlocks.get(stage) ? 3 : 1;
    nodes.add(new Convolution(name + ".conv1", input, planes, window(1, first)));
    nodes.add(new BatchNorm(name + ".bn1", name + ".conv1"));
    nodes.add(new Relu(name + ".relu1", name + ".bn1"));
    nodes.add(
        new Convolution(name + ".conv2", name + ".relu1", planes, window(kernel, stride / first)));
    nodes.add(new BatchNorm(name + ".bn2", name + ".conv2"));
    nodes.add(new Relu(name + ".relu2", name + ".bn2"));
    nodes.add(new Convolution(name + ".conv3", name + ".relu2", outputs, Window.POINT));
    nodes.add(new BatchNorm(name + ".bn3", name + ".conv3"));
    String shortcut = input;
    if (block == 0) {
      nodes.add(new Convolution(name + ".downsample.0", input, outputs, window(1, stride)));
      nodes.add(new BatchNorm(name + ".downsample.1", name + ".downsample.0"));
      shortcut = name + ".downsample.1";
    }
    nodes.add(new Add(name + ".add", name + ".bn3", shortcut));
    nodes.add(new Relu(name + ".relu", name + ".add"));
    return name + ".relu";
  }

  private Window window(int kernel, int stride) {
    return new Window(kernel, stride, padded ? kernel / 2 : 0);
  }
}
