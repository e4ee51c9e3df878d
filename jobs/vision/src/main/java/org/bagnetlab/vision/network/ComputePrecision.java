package org.bagnetlab.vision.network;

import java.util.Locale;

/**
 * The precision of convolutions and matrix products. Weights, running statistics, the loss and the
 * optimiser's state are always float32.
 */
public enum ComputePrecision {
  /** In float32. */
  FP32,
  /** TF32 on a GPU's tensor cores, which keep 10 fraction bits of each factor; float32 on a CPU. */
  TF32,
  /**
   * In bfloat16, which keeps 7 fraction bits; feature maps are also stored in bfloat16. With
   * libtorch it is PyTorch's autocast; the executor trains in it, and computes everything else in
   * float32.
   */
  BF16;

  /** The name in requests and messages, for example {@code bf16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
