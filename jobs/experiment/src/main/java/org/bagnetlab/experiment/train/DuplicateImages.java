package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/**
 * How to treat validation and test images that duplicate an image of an earlier part of the split.
 */
public enum DuplicateImages implements Labelled {
  /** Keeps the duplicates, which are part of the data set as its authors published it. */
  KEEP("keep: as published"),
  /** Leaves the duplicates out. */
  LEAVE_OUT("leave-out: without duplicates of an earlier part of the split");

  private final String label;

  DuplicateImages(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
