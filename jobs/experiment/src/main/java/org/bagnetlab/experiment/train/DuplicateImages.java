package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/** How to treat validation and test images that duplicate an image of an earlier part. */
public enum DuplicateImages implements Labelled {
  /** Keeps them, as the data set's authors published them. */
  KEEP("keep: as published"),
  /** Leaves them out. */
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
