package org.bagnetlab.engine.nd4j.cpu.operation;

/** What a program computes. */
public enum Pass {
  /** Logits. */
  EVALUATION,
  /** Gradients of the parameters, with the batch's statistics. */
  TRAINING,
  /**
   * Gradients with respect to the image, with the running statistics. Gradients of parameters that
   * are computed along with them are meaningless.
   */
  INPUT_GRADIENT;

  /** Whether there is a backward pass, so that computed values must be kept. */
  public boolean hasBackwardPass() {
    return this != EVALUATION;
  }
}
