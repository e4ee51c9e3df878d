package org.bagnetlab.experiment;

/**
 * Where an experiment comes from.
 *
 * @param work authors, title and year
 * @param section where in it
 */
public record Source(String work, String section) {

  /** The report that this lab reproduces. */
  public static final String REPORT =
      "Re-implementation report: Approximating CNNs with bag-of-local-features models on 15 scenes";

  /** The paper on BagNets. */
  public static final String PAPER =
      "Brendel and Bethge, Approximating CNNs with bag-of-local-features models works surprisingly well on ImageNet, ICLR 2019";

  /** For captions. */
  public String text() {
    return work + ", " + section;
  }
}
