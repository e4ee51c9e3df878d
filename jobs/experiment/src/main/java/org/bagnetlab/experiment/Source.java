package org.bagnetlab.experiment;

/**
 * The publication that an experiment is based on.
 *
 * @param work authors, title and year
 * @param section section of the work
 */
public record Source(String work, String section) {

  /** The report that this lab reproduces. */
  public static final String REPORT =
      "Re-implementation report: Approximating CNNs with bag-of-local-features models on 15 scenes";

  /** The paper on BagNets. */
  public static final String PAPER =
      "Brendel and Bethge, Approximating CNNs with bag-of-local-features models works surprisingly well on ImageNet, ICLR 2019";

  /** The source as text for captions. */
  public String text() {
    return work + ", " + section;
  }
}
