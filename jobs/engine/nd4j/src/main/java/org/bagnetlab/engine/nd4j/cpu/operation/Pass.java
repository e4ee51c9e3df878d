package org.bagnetlab.engine.nd4j.cpu.operation;

/** The computation of a program. */
public enum Pass {
  /** Logits. */
  EVALUATION,
  /** Gradients of the parameters, with the batch's statistics. */
  TRAINING,
  /**
   * Gradients of the image, with the running statistics. Gradients of parameters, which are also
   * computed, are meaningless.
   */
  INPUT_GRADIENT;

  /** Whether there is a backward pass, so that computed values must be kept. */
  public boolean hasBackwardPass() {
    return this != EVALUATION;
  }
}
