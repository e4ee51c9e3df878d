package org.bagnetlab.vision.network;

/**
 * The numbers of a training step. A GPU may still be computing it: reading the numbers waits for
 * the device, which is then idle until the next step.
 */
public interface Step {

  /** Whether the numbers are available without waiting. */
  boolean known();

  /** The mean cross-entropy of the batch in nats. */
  double loss();

  /** The number of images whose largest logit was that of their class. */
  int correct();

  /**
   * The mean absolute value of the batch's logit map, over images, classes and positions; 0 for a
   * step on the cross-entropy alone, which does not compute it.
   */
  default double meanEvidence() {
    return 0;
  }

  /** A step whose computation is complete. */
  record Computed(double loss, int correct, double meanEvidence) implements Step {

    /** Creates a step on the cross-entropy alone. */
    public Computed(double loss, int correct) {
      this(loss, correct, 0);
    }

    @Override
    public boolean known() {
      return true;
    }
  }
}
