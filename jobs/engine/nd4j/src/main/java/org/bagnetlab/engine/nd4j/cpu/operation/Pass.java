package org.bagnetlab.engine.nd4j.cpu.operation;

/** What a program computes. */
public enum Pass {
  /** Logits. */
  EVALUATION,
  /** Gradients of the parameters, with the batch's statistics. */
  TRAINING,
  /**
   * Gradients of the image, with the running statistics. Those of parameters that are computed on
   * the way mean nothing.
   */
  INPUT_GRADIENT;

  /** Whether gradients pass back, so that what was computed must be kept. */
  public boolean hasBackwardPass() {
    return this != EVALUATION;
  }
}
