package org.bagnetlab.experiment.parameter;

/** Groups of parameters, which are the sections of forms. */
public enum ParameterGroup {
  /** The network, and its starting weights. */
  NETWORK("Network"),
  /** The images, and how they are prepared. */
  DATA("Data"),
  /** How gradients change the weights. */
  OPTIMISATION("Optimisation"),
  /** How training images are changed at random. */
  AUGMENTATION("Augmentation"),
  /** What is minimised. */
  OBJECTIVE("Objective"),
  /** What is measured, and how often. */
  MEASUREMENT("Measurement");

  private final String label;

  ParameterGroup(String label) {
    this.label = label;
  }

  /** Heading of the section. */
  public String label() {
    return label;
  }
}
