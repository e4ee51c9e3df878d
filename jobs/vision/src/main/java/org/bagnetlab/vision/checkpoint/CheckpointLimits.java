package org.bagnetlab.vision.checkpoint;

/**
 * Limits for weight files, so that a small file cannot cause high memory use or a long computation.
 */
public final class CheckpointLimits {

  /**
   * Maximum size of a safetensors header in bytes. Parsed JSON takes up to thirty times its size.
   * The header of a DenseNet-169 with Adam's state has 0.3 MB.
   */
  public static final int LONGEST_HEADER = 2 << 20;

  /**
   * Maximum size of a pickle in bytes. The pickle of a DenseNet-169 with its optimiser has 0.5 MB.
   */
  public static final int LONGEST_PICKLE = 16 << 20;

  /**
   * Maximum number of instructions of a pickle: a DenseNet-169 with Adam's state, which has 2500
   * tensors, needs about 80,000.
   */
  public static final int MOST_INSTRUCTIONS = 1_000_000;

  /** Maximum number of dimensions of a tensor, which is more than any network uses. */
  public static final int MOST_DIMENSIONS = 8;

  private CheckpointLimits() {}
}
