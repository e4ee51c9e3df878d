package org.nd4j.nativeblas;

/**
 * Repairs the check behind Deeplearning4j's oneDNN layer helpers. {@code
 * BaseMKLDNNHelper.mklDnnEnabled()} of 1.0.0-M2.1 asks a class of this name, which moved to {@code
 * org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu} and renamed its method. Without an answer every
 * convolution silently runs four to six times slower, as im2col and a matrix product.
 */
public final class Nd4jCpu {

  private Nd4jCpu() {}

  /** Answers for the class that moved. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The one instance. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether the engine was built with oneDNN and may use it. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
