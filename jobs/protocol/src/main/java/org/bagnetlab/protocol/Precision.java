package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The precision of a training's convolutions and matrix products; weights are always float32. */
public enum Precision {
  /** Float32. */
  FP32("fp32: float32 throughout"),
  /** TF32 on a GPU's tensor cores, which keep 10 bits of each factor's fraction. */
  TF32("tf32: TF32 tensor cores (GPUs from compute capability 8.0)"),
  /**
   * Bfloat16, which keeps 7 bits of the fraction. ND4J has it on CPUs with instructions for it, for
   * the steps of trainings only, which store feature maps in it, too.
   */
  BF16("bf16: mixed precision in bfloat16");

  private final String label;

  Precision(String label) {
    this.label = label;
  }

  /** Its name in requests. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its label in forms. */
  public String label() {
    return label;
  }
}
