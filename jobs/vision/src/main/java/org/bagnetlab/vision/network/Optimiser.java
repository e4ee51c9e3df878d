package org.bagnetlab.vision.network;

/** Rules that turn gradients into steps, each exactly as PyTorch's. Neither decays weights. */
public enum Optimiser {
  /**
   * Adam (Kingma and Ba 2015) with betas 0.9 and 0.999; 1e-8 is added after the bias correction.
   */
  ADAM,
  /** Stochastic gradient descent with momentum 0.9, in which the newest gradient counts whole. */
  SGD
}
