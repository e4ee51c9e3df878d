package org.bagnetlab.vision.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine must hold to: the logits are those that one would get by cropping every patch
 * and asking the network.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PatchLogitsContract {

  /** The engine that computes the logits. */
  protected abstract Engine engine();

  /** Sizes of patches, strides and sizes of images; of the last, maps are smaller than a shift. */
  protected Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(9, 8, 51),
        Arguments.of(9, 2, 51),
        Arguments.of(17, 4, 64),
        Arguments.of(33, 1, 51),
        Arguments.of(33, 8, 64),
        Arguments.of(33, 2, 40));
  }

  private Network network(String name, int size) {
    return engine().compile(Architectures.named(name).build(3, 0.03, size), Optimiser.ADAM, 5);
  }

  private static Batch noise(int images, int size) {
    Random random = new Random(size);
    float[] values = new float[images * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Batch(values, images, 3, size, size);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalThePatchesOneByOne(int field, int stride, int size) {
    Batch images = noise(2, size);
    try (Network network = network("bagnet" + field, size)) {
      PatchLogits patches = PatchLogits.of(network, stride);
      assertThat(patches.field()).isEqualTo(field);
      assertThat(patches.stride()).isEqualTo(stride);
      List<Integer> told = new ArrayList<>();
      LogitMap map = patches.maps(images, told::add);
      assertThat(told).hasSize(patches.passes()).containsOnly(2);
      assertThat(map.height()).isEqualTo((size - field) / stride + 1);
      assertThat(map.width()).isEqualTo(map.height());
      Random random = new Random(1);
      for (int i = 0; i < 10; i++) {
        int row = i == 0 ? 0 : i == 1 ? map.height() - 1 : random.nextInt(map.height());
        int column = i == 0 ? 0 : i == 1 ? map.width() - 1 : random.nextInt(map.width());
        LogitMap expected =
            network.logitMap(patch(images, i % 2, row * stride, column * stride, field));
        for (int label = 0; label < 3; label++) {
          assertThat(map.at(i % 2, label, row, column))
              .as("class %d at %d, %d", label, row, column)
              // Float32: maps of different sizes are added up in different orders.
              .isCloseTo(expected.at(0, label, 0, 0), within(1e-4f));
        }
      }
    }
  }

  private static Batch patch(Batch images, int image, int top, int left, int field) {
    float[] values = new float[3 * field * field];
    for (int i = 0; i < values.length; i++) {
      int channel = i / (field * field);
      int row = top + i / field % field;
      int column = left + i % field;
      values[i] =
          images
              .values()[((image * 3 + channel) * images.height() + row) * images.width() + column];
    }
    return new Batch(values, 1, 3, field, field);
  }

  @Test
  void otherStridesThanDivisorsOfTheNetworksAreRefused() {
    try (Network network = network("bagnet9", 64)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PatchLogits.of(network, 3))
          .withMessage("stride must divide 8, but is 3.");
    }
  }
}
