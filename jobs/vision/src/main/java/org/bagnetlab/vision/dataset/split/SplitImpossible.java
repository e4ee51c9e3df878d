package org.bagnetlab.vision.dataset.split;

/**
 * A class does not have enough images for every part of a split. The message names the data set.
 */
public final class SplitImpossible extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  SplitImpossible(String message) {
    super(message);
  }
}
