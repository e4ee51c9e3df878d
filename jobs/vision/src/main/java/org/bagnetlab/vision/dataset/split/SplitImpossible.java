package org.bagnetlab.vision.dataset.split;

/** A class has too few images for each part of a split. The message names the data set. */
public final class SplitImpossible extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  SplitImpossible(String message) {
    super(message);
  }
}
