package org.bagnetlab.vision.architecture;

/**
 * A network that exists only for comparison with another network, from which it differs in one
 * choice.
 *
 * @param name registered name
 * @param label display name
 * @param design its design choices
 */
record Variant(String name, String label, ResidualDesign design) implements Blueprint {

  @Override
  public Family family() {
    return Family.VARIANTS;
  }

  @Override
  public Architecture build(int classes, double width, int imageSize) {
    return design.build(name, Node.BatchNorm.MOMENTUM, classes, width, imageSize);
  }
}
