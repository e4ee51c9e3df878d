package org.bagnetlab.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeUnit;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.GoldenWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * These run without JavaCPP's garbage collection (see the pom), so what is not freed stays. Where
 * others use the same cores, 100 steps take half a minute.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TorchMemoryTests {

  private static final TorchEngine ENGINE =
      TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.FP32);

  /**
   * Two thirds of a megabyte of each of 100 steps, whose feature maps and gradients are several.
   */
  private static final long ROOM = 64L << 20;

  private static final int SIDE = 33;

  private final Architecture architecture = Architectures.named("bagnet17").build(5, 0.125, SIDE);

  private static void assertNoGrowth(int times, Runnable work) {
    for (int i = 0; i < 10; i++) {
      work.run();
    }
    long pointers = Pointer.totalCount();
    long bytes = Pointer.physicalBytes();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    assertThat(Pointer.totalCount()).isEqualTo(pointers);
    assertThat(Pointer.physicalBytes() - bytes).isLessThan(ROOM);
  }

  @Test
  void trainingDoesNotGrow() {
    Batch images = GoldenWeights.images(8, SIDE);
    int[] labels = {0, 1, 2, 3, 4, 0, 1, 2};
    try (Network network = ENGINE.compile(architecture, Optimiser.ADAM, 1)) {
      assertNoGrowth(100, () -> network.train(images, labels, 1e-3).loss());
    }
  }

  @Test
  void autocastDoesNotGrow() {
    Batch images = GoldenWeights.images(4, SIDE);
    int[] labels = {0, 1, 2, 3};
    TorchEngine engine = TorchEngine.start(TestedDevice.DEVICE, ComputePrecision.BF16);
    try (Network network = engine.compile(architecture, Optimiser.SGD, 1)) {
      assertNoGrowth(
          30,
          () -> {
            network.train(images, labels, 1e-3).loss();
            network.logits(images);
          });
    }
  }

  @Test
  void nothingElseGrows() {
    Batch images = GoldenWeights.images(2, SIDE);
    Batch image = GoldenWeights.images(1, 3 * 4 + 17);
    assertNoGrowth(
        20,
        () -> {
          try (Network network = ENGINE.compile(architecture, Optimiser.ADAM, 1)) {
            network.logits(images);
            network.logitMap(images);
            network.inputGradient(images, new int[] {0, 1});
            network.patchLogits(image, new int[] {1}, 4, done -> {});
            network.load(network.weights());
            network.loadOptimiser(network.optimiser());
            network.resetOptimiser();
          }
        });
  }

  @Test
  void exhaustedMemoryIsSaidAsSuch() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> NativeScope.of(() -> torch.zeros(1L << 50)))
        .withMessageContaining("can't allocate memory");
  }
}
