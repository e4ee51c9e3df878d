package org.bagnetlab.vision.architecture;

/** What a registered network is compared with; lists are grouped by it. */
public enum Family {
  /** The networks of the report's Table 1. */
  REPORT("The report's networks"),
  /** BagNets of larger patches. */
  LADDER("Receptive-field ladder"),
  /** Networks between ResNet-50 and BagNet-33, and shallower ones. */
  VARIANTS("Controlled variants");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** Its heading in lists. */
  public String label() {
    return label;
  }
}
