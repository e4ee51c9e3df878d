package org.bagnetlab.vision.network;

/**
 * The metrics of a training step. A GPU may still be computing the step: reading a metric waits for
 * the device, which is then idle until the next step.
 */
public interface Step {

  /** Whether the metrics are available without waiting. */
  boolean known();

  /**
   * The mean cross-entropy of the batch in nats: that of the objective, without sparsity, with the
   * targets of the step.
   */
  double loss();

  /** The number of images whose largest logit was that of their class. */
  int correct();

  /**
   * The mean absolute value of the batch's logit map, over images, classes and positions; 0 for a
   * step whose objective does not include this value.
   */
  default double meanEvidence() {
    return 0;
  }

  /** The metrics of a step whose computation is complete. */
  record Computed(double loss, int correct, double meanEvidence) implements Step {

    /** Creates the metrics of a step without sparsity. */
    public Computed(double loss, int correct) {
      this(loss, correct, 0);
    }

    @Override
    public boolean known() {
      return true;
    }
  }
}
