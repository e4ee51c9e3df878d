package org.bagnetlab.vision.checkpoint;

/** Limits for files of weights, so that a small file takes neither much memory nor time. */
public final class CheckpointLimits {

  /**
   * Maximum bytes of a safetensors header. Parsed JSON takes up to thirty times its size. A
   * DenseNet-169 with Adam's state has 0.3 MB.
   */
  public static final int LONGEST_HEADER = 2 << 20;

  /** Maximum bytes of a pickle: that of a DenseNet-169 with its optimiser has 0.5 MB. */
  public static final int LONGEST_PICKLE = 16 << 20;

  /**
   * Maximum instructions of a pickle: a DenseNet-169 with Adam's state, of 2500 tensors, needs
   * about 80,000.
   */
  public static final int MOST_INSTRUCTIONS = 1_000_000;

  /** Maximum dimensions of a tensor: more than any network uses. */
  public static final int MOST_DIMENSIONS = 8;

  private CheckpointLimits() {}
}
