package org.bagnetlab.vision.checkpoint;

/** What a file of weights may ask for, so that a small one takes neither much memory nor time. */
public final class CheckpointLimits {

  /**
   * Bytes of a safetensors header. Parsed, JSON takes up to thirty times its size. A DenseNet-169
   * with Adam's state has 0.3 MB.
   */
  public static final int LONGEST_HEADER = 2 << 20;

  /** Bytes of a pickle: that of a DenseNet-169 with its optimiser has 0.5 MB. */
  public static final int LONGEST_PICKLE = 16 << 20;

  /** A DenseNet-169 with Adam's state, of 2500 tensors, needs some 80,000. */
  public static final int MOST_INSTRUCTIONS = 1_000_000;

  /** Of a tensor: more than any network's. */
  public static final int MOST_DIMENSIONS = 8;

  private CheckpointLimits() {}
}
