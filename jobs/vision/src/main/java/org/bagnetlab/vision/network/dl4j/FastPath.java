package org.bagnetlab.vision.network.dl4j;

import java.util.Arrays;
import org.bagnetlab.vision.architecture.Architectures;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whether convolutions run on oneDNN. Two things must hold, and each has failed silently before: a
 * layer of a compiled network has found its helper, and the kernel under it is another one than
 * runs with oneDNN forbidden.
 *
 * @param active both hold
 * @param evidence what was seen, for the log
 */
record FastPath(boolean active, String evidence) {

  /** Enough that a matrix product adds up in blocks, and so in another order than oneDNN. */
  private static final int CHANNELS = 64;

  static FastPath prove() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return new FastPath(false, "no proof exists for the CUDA backend yet");
    }
    String helper = layerHelper();
    boolean kernel = oneDnnChangesTheKernel();
    return new FastPath(
        !helper.equals("none") && kernel,
        "layer helper %s; %s"
            .formatted(
                helper,
                kernel
                    ? "convolutions run on oneDNN's kernel"
                    : "the same convolution kernel runs with oneDNN and without"));
  }

  private static String layerHelper() {
    try (INDArray image = Nd4j.zeros(DataType.FLOAT, 1, 3, 33, 33)) {
      ComputationGraph graph =
          new ComputationGraph(
              GraphCompiler.compile(
                  Architectures.named("bagnet9").build(2, 0.125, 33), DataType.FLOAT));
      graph.init();
      graph.output(image);
      Object helper = ((ConvolutionLayer) graph.getLayer("conv2")).getHelper();
      graph.close();
      return helper == null ? "none" : helper.getClass().getSimpleName();
    }
  }

  /**
   * Two kernels add up in different orders, so their results differ in some last bit; one kernel
   * gives the same bits twice. Unlike a time, this does not depend on what else the machine does.
   */
  private static boolean oneDnnChangesTheKernel() {
    Nd4jCpu.Environment environment = Nd4jCpu.Environment.getInstance();
    try (INDArray input = Nd4j.rand(DataType.FLOAT, 2, CHANNELS, 18, 18);
        INDArray weights = Nd4j.rand(DataType.FLOAT, 3, 3, CHANNELS, CHANNELS);
        INDArray with = convolve(input, weights)) {
      environment.setUseONEDNN(false);
      try (INDArray without = convolve(input, weights)) {
        return !Arrays.equals(with.data().asFloat(), without.data().asFloat());
      } finally {
        environment.setUseONEDNN(true);
      }
    }
  }

  private static INDArray convolve(INDArray input, INDArray weights) {
    INDArray output = Nd4j.create(DataType.FLOAT, 2, CHANNELS, 16, 16);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(input, weights)
            .addOutputs(output)
            // Kernel, stride, padding, dilation, "valid", NCHW (0).
            .addIntegerArguments(3, 3, 1, 1, 0, 0, 1, 1, 0, 0)
            .build());
    return output;
  }
}
