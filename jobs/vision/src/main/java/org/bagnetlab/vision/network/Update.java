package org.bagnetlab.vision.network;

/**
 * How a training step changes the weights.
 *
 * @param learningRate learning rate of the step
 * @param weightDecay factor of the weights that is added to their gradients, or, for {@link
 *     Optimiser#ADAMW}, share of the weights times the learning rate that is subtracted; 0 for no
 *     decay. Biases and the parameters of normalisations do not decay.
 * @param clipNorm largest norm of the gradients of all parameters together, to which larger ones
 *     are scaled down as by PyTorch's {@code clip_grad_norm_}; 0 for no limit
 */
public record Update(double learningRate, double weightDecay, double clipNorm) {

  /** Added to the norm by which gradients that are to be clipped are divided, as in PyTorch. */
  public static final double CLIP_EPSILON = 1e-6;

  /** A step without decay and without clipping. */
  public static Update of(double learningRate) {
    return new Update(learningRate, 0, 0);
  }
}
