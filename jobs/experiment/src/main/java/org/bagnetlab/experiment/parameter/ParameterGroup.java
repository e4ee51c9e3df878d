package org.bagnetlab.experiment.parameter;

/** What a parameter is about: the sections of forms. */
public enum ParameterGroup {
  /** The network, and where it starts. */
  NETWORK("Network"),
  /** The images, and how they are prepared. */
  DATA("Data"),
  /** How weights follow from gradients. */
  OPTIMISATION("Optimisation"),
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
