package org.bagnetlab.vision.architecture;

/** A group of registered networks, used to group lists of networks. */
public enum Family {
  /** The networks of the report's Table 1. */
  REPORT("The report's networks"),
  /** BagNets with larger patches. */
  LADDER("Receptive-field ladder"),
  /** The networks that the paper of the BagNets compares them with. */
  VGG("VGG"),
  /** BagNets with padding. */
  BAGNETS_V2("BagNets, version 2"),
  /** Networks between ResNet-50 and BagNet-33, and shallower ones. */
  VARIANTS("Controlled variants");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** The heading in lists. */
  public String label() {
    return label;
  }
}
