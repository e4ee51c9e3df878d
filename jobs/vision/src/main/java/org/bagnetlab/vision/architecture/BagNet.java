package org.bagnetlab.vision.architecture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bagnetlab.vision.architecture.ResidualDesign.Stem;
import org.bagnetlab.vision.architecture.ResidualDesign.StrideIn;

/**
 * The BagNets of Brendel and Bethge (2019), and BagNets with other patch sizes constructed by the
 * same rule: a ResNet-50 without padding and max pooling in which most 3x3 kernels are replaced by
 * 1x1 kernels, so that each position of the last feature map sees a patch of {@code patch} x {@code
 * patch} pixels. 3x3 kernels are added until the patch is large enough: first in the first block of
 * each stage in order, then in the other blocks of the last stage, then in those of the preceding
 * stages. Tensor names are those of the authors' checkpoints.
 *
 * @param patch side of the patch in pixels: 9, 17 or 33 as published; 5, 49, 65, 81, 97, 113, 129
 *     and some more
 */
record BagNet(int patch) implements Blueprint {

  /**
   * Momentum of the first batch norm. It only works with pretrained statistics: when training from
   * scratch for a few hundred steps, the running statistics do not converge. See {@link
   * Architecture#withMomentumAtLeast}.
   */
  private static final double STEM_MOMENTUM = 0.001;

  private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);
  private static final List<Integer> STRIDES = List.of(2, 2, 2, 1);

  /** Side in pixels of the receptive field after the stem. */
  private static final int STEM_FIELD = 3;

  /** Side of the largest patch for which the authors published a network. */
  private static final int LARGEST_PUBLISHED = 33;

  @Override
  public String name() {
    return "bagnet" + patch;
  }

  @Override
  public String label() {
    return "BagNet-" + patch;
  }

  @Override
  public Family family() {
    return patch <= LARGEST_PUBLISHED ? Family.REPORT : Family.LADDER;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    return design().build(name(), STEM_MOMENTUM, classes, width, imageSize);
  }

  /**
   * The design of the network.
   *
   * @throws IllegalArgumentException if no number of 3x3 kernels gives patches of this size
   */
  ResidualDesign design() {
    return new ResidualDesign(
        Stem.SMALL, 1, false, STRIDES, StrideIn.MIDDLE, false, spatialBlocks(), BLOCKS);
  }

  private List<Integer> spatialBlocks() {
    List<Integer> spatial = new ArrayList<>(Collections.nCopies(BLOCKS.size(), 0));
    int field = STEM_FIELD;
    for (int stage : order()) {
      if (field < patch) {
        field += 2 * distance(stage, spatial.get(stage));
        spatial.set(stage, spatial.get(stage) + 1);
      }
    }
    if (field != patch) {
      throw new IllegalArgumentException(
          "No BagNet has patches of %d pixels; the next one has %d.".formatted(patch, field));
    }
    return spatial;
  }

  /** The stage of each block, in the order in which blocks get a 3x3 kernel. */
  private static List<Integer> order() {
    List<Integer> order = new ArrayList<>();
    for (int stage = 0; stage < BLOCKS.size(); stage++) {
      order.add(stage);
    }
    for (int stage = BLOCKS.size() - 1; stage >= 0; stage--) {
      order.addAll(Collections.nCopies(BLOCKS.get(stage) - 1, stage));
    }
    return order;
  }

  /** The distance in pixels between neighbouring input positions of a block's kernel. */
  private static int distance(int stage, int block) {
    int strided = block == 0 ? stage : stage + 1;
    return STRIDES.stream().limit(strided).reduce(1, Math::multiplyExact);
  }
}
