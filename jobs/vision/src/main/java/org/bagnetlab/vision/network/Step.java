package org.bagnetlab.vision.network;

/**
 * What a training step saw. A GPU may still be computing it: who asks for its numbers waits for the
 * device, which then has nothing to do until it is given another step.
 */
public interface Step {

  /** Whether the numbers are known here, so that asking for them takes no time. */
  boolean known();

  /** Mean cross-entropy of the batch in nats. */
  double loss();

  /** Images whose largest logit was their class's. */
  int correct();

  /**
   * Mean absolute value of the batch's logit map, over images, classes and positions; 0 in a step
   * on the cross-entropy alone, which computes none.
   */
  default double meanEvidence() {
    return 0;
  }

  /** A step that an engine returns when it has computed it. */
  record Computed(double loss, int correct, double meanEvidence) implements Step {

    /** A step on the cross-entropy alone. */
    public Computed(double loss, int correct) {
      this(loss, correct, 0);
    }

    @Override
    public boolean known() {
      return true;
    }
  }
}
