package org.bagnetlab.vision.architecture;

import org.bagnetlab.vision.architecture.ResidualDesign.Stem;

/**
 * The BagNets of the second version, published as {@code berenslab/bagnetsv2}: a single 3x3
 * convolution in the stem, and padding, so that shortcuts need not be cropped. Otherwise they are
 * as the {@link BagNet}s. Because of the padding, features near the border depend on where they
 * are, so these networks have no exact heatmaps.
 *
 * @param patch side of the patches in pixels: 9, 17 or 33 as published
 */
record BagNetV2(int patch) implements Blueprint {

  @Override
  public String name() {
    return "bagnet%d_v2".formatted(patch);
  }

  @Override
  public String label() {
    return "BagNet-%d v2".formatted(patch);
  }

  @Override
  public Family family() {
    return Family.BAGNETS_V2;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    return new BagNet(patch)
        .design()
        .withStem(Stem.MEDIUM)
        .withPadding()
        .build(name(), Node.BatchNorm.MOMENTUM, classes, width, imageSize);
  }
}
