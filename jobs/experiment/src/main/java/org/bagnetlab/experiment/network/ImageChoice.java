package org.bagnetlab.experiment.network;

import org.bagnetlab.experiment.parameter.Labelled;

/** The images of a data set that a network is given. */
public enum ImageChoice implements Labelled {
  /** The test images of the run's own split. */
  TEST("test: the test images of the run's split"),

  /**
   * Images outside the run's split: those of the test folder, or of the whole data set if it has no
   * folders.
   */
  UNUSED("unused: images of the test folder that are in no part of the run's split"),

  /** Every image, whether or not the network was trained on it. */
  ALL("all: every image");

  private final String label;

  ImageChoice(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
