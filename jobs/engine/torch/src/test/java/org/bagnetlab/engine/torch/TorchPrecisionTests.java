package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.GoldenWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Float32Backend;
import org.bytedeco.pytorch.global.torch.Float32Op;
import org.bytedeco.pytorch.global.torch.Float32Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchPrecisionTests {

  private static final int STEPS = 8;
  private static final double RATE = 1e-2;

  private final Batch images = GoldenWeights.images(4, 64);
  private final int[] labels = {0, 1, 2, 3};

  private double[] losses(ComputePrecision precision, Architecture architecture) {
    TorchEngine engine = TorchEngine.start(TestedDevice.DEVICE, precision);
    double[] losses = new double[STEPS];
    try (Network network = engine.compile(architecture, Optimiser.SGD, 3)) {
      for (int i = 0; i < STEPS; i++) {
        losses[i] = network.train(images, labels, RATE).loss();
      }
    }
    return losses;
  }

  /** Two or three digits are what bfloat16 has; the direction is the same. */
  @ParameterizedTest
  @ValueSource(strings = {"bagnet9", "cbam_resnet50"})
  void trainingInBfloat16IsNearlyThatInFloat32(String name) {
    Architecture architecture = Architectures.named(name).build(4, 0.25, 64);
    double[] exact = losses(ComputePrecision.FP32, architecture);
    double[] rough = losses(ComputePrecision.BF16, architecture);

    assertThat(rough[0]).isNotEqualTo(exact[0]).isCloseTo(exact[0], within(0.05 * exact[0]));
    assertThat(rough[STEPS - 1])
        .isLessThan(rough[0])
        .isCloseTo(exact[STEPS - 1], within(0.2 * exact[0]));
    assertThat(torch.is_autocast_enabled(TestedDevice.DEVICE.type())).isFalse();
  }

  @Test
  void onACpuTf32IsFloat32() {
    assumeTrue(TestedDevice.DEVICE == TorchDevice.CPU);
    Architecture architecture = Architectures.named("bagnet9").build(4, 0.25, 64);

    assertThat(losses(ComputePrecision.TF32, architecture))
        .isEqualTo(losses(ComputePrecision.FP32, architecture));
  }

  /** Read back, for the tests have no GPU that obeys. */
  @ParameterizedTest
  @EnumSource
  void theProductsOfAGpuAreSet(ComputePrecision precision) {
    TorchEngine.start(TestedDevice.DEVICE, precision);
    boolean tf32 = precision == ComputePrecision.TF32;

    assertThat(torch.globalContext().allowTF32CuDNN()).isEqualTo(tf32);
    assertThat(torch.globalContext().allowTF32CuBLAS()).isEqualTo(tf32);
    for (Float32Op products : new Float32Op[] {Float32Op.CONV, Float32Op.MATMUL}) {
      assertThat(
              torch.globalContext().float32Precision(Float32Backend.CUDA, products).intern()
                  == Float32Precision.TF32)
          .isEqualTo(tf32);
    }
  }

  @ParameterizedTest
  @EnumSource
  void algorithmsAreSet(Algorithms algorithms) {
    TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32, algorithms);
    boolean repeatable = algorithms == Algorithms.REPEATABLE;

    assertThat(torch.globalContext().deterministicCuDNN()).isEqualTo(repeatable);
    assertThat(torch.globalContext().deterministicMkldnn()).isEqualTo(repeatable);
    assertThat(torch.globalContext().benchmarkCuDNN()).isEqualTo(!repeatable);
  }
}
