package org.bagnetlab.engine.nd4j.cpu.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernels used by this process. The fast path has two conditions: the JDK's Vector API is
 * available, and convolutions run on oneDNN. The second condition has silently not been met before.
 *
 * @param loops loops on the Vector API if its module is available, otherwise plain loops
 * @param blocking block sizes for the selected OpenBLAS kernels
 * @param active whether both conditions hold
 * @param evidence what was observed, for the log
 */
public record FastPath(Loops loops, Blocking blocking, boolean active, String evidence) {

  /**
   * Number of channels of the test convolution, large enough that a matrix product sums in blocks
   * and therefore in another order than oneDNN.
   */
  private static final int CHANNELS = 64;

  public static FastPath prove() {
    boolean oneDnn = oneDnnChangesTheKernel();
    String convolutions =
        oneDnn
            ? "convolutions run on oneDNN's kernel"
            : "the same convolution kernel runs with oneDNN and without";
    Blocking blocking = Blocking.of(System.getenv());
    try {
      Loops vector = vectorLoops();
      return new FastPath(
          vector,
          blocking,
          oneDnn,
          "loops of the Vector API, %s; %s; matrix products %s"
              .formatted(vector, convolutions, blocking.words()));
    } catch (ReflectiveOperationException | LinkageError e) {
      return new FastPath(
          new PlainLoops(),
          blocking,
          false,
          "plain loops, because this Java has no jdk.incubator.vector (%s); %s; matrix products %s"
              .formatted(e, convolutions, blocking.words()));
    }
  }

  /** Loads the class by name, so that no other class depends on the incubator module. */
  static Loops vectorLoops() throws ReflectiveOperationException {
    return Class.forName(FastPath.class.getPackageName() + ".VectorLoops")
        .asSubclass(Loops.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  /**
   * Whether turning oneDNN off changes the result. Different kernels sum in different orders, so
   * their results differ in the last bits, whereas the same kernel gives identical bits twice.
   * Unlike a time measurement, this does not depend on the load of the machine.
   */
  private static boolean oneDnnChangesTheKernel() {
    Nd4jCpu.Environment environment = Nd4jCpu.Environment.getInstance();
    try (INDArray input = Nd4j.rand(DataType.FLOAT, 2, 18, 18, CHANNELS);
        INDArray weights = Nd4j.rand(DataType.FLOAT, CHANNELS, CHANNELS, 3, 3);
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
    INDArray output = Nd4j.create(DataType.FLOAT, 2, 16, 16, CHANNELS);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(input, weights)
            .addOutputs(output)
            // Kernel, stride, padding, dilation, explicit padding mode, NHWC, weights [out, in,
            // ...].
            .addIntegerArguments(3, 3, 1, 1, 0, 0, 1, 1, 0, 1, 1)
            .build());
    return output;
  }
}
