package org.bagnetlab.vision.network;

import java.util.Locale;

/**
 * How exactly convolutions and matrix products are computed. Weights, running statistics, the loss
 * and the optimiser are float32 in any case.
 */
public enum ComputePrecision {
  /** In float32. */
  FP32,
  /** By a GPU's tensor cores, which keep 10 bits of each factor's fraction; float32 on a CPU. */
  TF32,
  /** By PyTorch's autocast in bfloat16, which keeps 7 bits; feature maps are stored in it, too. */
  BF16;

  /** Its name in requests and messages, for example {@code bf16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
