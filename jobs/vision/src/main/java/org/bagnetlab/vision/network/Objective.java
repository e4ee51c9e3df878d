package org.bagnetlab.vision.network;

/**
 * What a training step minimises:
 *
 * <pre>(1 - localShare) global + localShare local + sparsity evidence</pre>
 *
 * <ul>
 *   <li>global: the cross-entropy of the image's logits, which are the classifier applied to the
 *       mean of the features over positions.
 *   <li>local: the mean over positions of the cross-entropy of each position's logits. If the last
 *       feature map has a single position, it equals the global one.
 *   <li>evidence: the mean absolute value of the logit map over images, classes and positions. It
 *       makes the evidence of a BagNet sparse (Donteu et al., Sparse activations for interpretable
 *       disease grading, MIDL 2023). The paper uses a sum; the mean does not depend on the numbers
 *       of positions, classes and images.
 * </ul>
 *
 * @param localShare share of the local cross-entropy, in [0, 1]
 * @param sparsity factor of the mean absolute value, at least 0
 */
public record Objective(double localShare, double sparsity) {

  /** The cross-entropy of images' logits alone. */
  public static final Objective GLOBAL = new Objective(0, 0);

  /** Checks the ranges. */
  public Objective {
    if (!(localShare >= 0 && localShare <= 1)) {
      throw new IllegalArgumentException("a share of %s is not in [0, 1]".formatted(localShare));
    }
    if (!(sparsity >= 0)) {
      throw new IllegalArgumentException("a sparsity of %s is below 0".formatted(sparsity));
    }
  }

  /** Whether the logits of single positions are a part of it. */
  public boolean usesPositions() {
    return localShare > 0 || sparsity > 0;
  }
}
