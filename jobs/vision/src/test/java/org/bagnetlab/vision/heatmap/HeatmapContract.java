package org.bagnetlab.vision.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.dataset.Normalisation;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine must hold to: the heatmap is what one would get by cropping every patch and
 * asking the network.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HeatmapContract {

  private static final int LABEL = 3;

  /** The engine that computes the heatmaps. */
  protected abstract Engine engine();

  /** Sizes of patches, strides and sizes of images. */
  protected Stream<Arguments> cases() {
    return Stream.concat(
        Stream.of(9, 17, 33)
            .flatMap(
                patch ->
                    Stream.of(1, 2, 4, 8)
                        .flatMap(
                            stride ->
                                Stream.of(51, 64).map(size -> Arguments.of(patch, stride, size)))),
        Stream.of(1, 8).map(stride -> Arguments.of(65, stride, 72)));
  }

  /** Sizes of patches and strides. */
  protected Stream<Arguments> tiled() {
    return Stream.of(
        Arguments.of(9, 1), Arguments.of(17, 2), Arguments.of(33, 1), Arguments.of(33, 8));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsThePatchesOneByOne(int patch, int stride, int size) {
    Pixels image = noise(size);
    try (Network network =
        engine()
            .compile(
                Architectures.named("bagnet" + patch).build(15, 0.125, size), Optimiser.ADAM, 5)) {
      Heatmap heatmap = Heatmap.of(network, Normalisation.of(image), LABEL, stride, done -> {});
      int half = (patch - 1) / 2;
      int first = half % stride;
      assertThat(heatmap.height()).isEqualTo((size - first + stride - 1) / stride);
      int last = first + (heatmap.height() - 1) * stride;
      // Float32: maps of different sizes are added up in different orders.
      double tolerance = 1e-5 * Math.max(-heatmap.minimum(), heatmap.maximum());
      Random random = new Random(patch * 100 + stride);
      for (int i = 0; i < 12; i++) {
        int row = i < 2 ? first : i < 4 ? last : first + random.nextInt(heatmap.height()) * stride;
        int column = i % 2 == 0 ? first : first + random.nextInt(heatmap.width()) * stride;
        float actual =
            heatmap.values()[(row - first) / stride * heatmap.width() + (column - first) / stride];
        assertThat((double) actual)
            .as("patch at %d, %d", row, column)
            .isCloseTo(patchLogit(network, image, row, column, patch), within(tolerance));
      }
    }
  }

  /** 59: the last tiles overlap with those before them, and part of them lies outside the image. */
  @ParameterizedTest
  @MethodSource("tiled")
  void tilesTogetherAreTheWhole(int patch, int stride) {
    Batch image = Normalisation.of(noise(59));
    List<Integer> labels = List.of(LABEL, 0);
    List<Integer> told = new ArrayList<>();
    try (Network network =
        engine()
            .compile(
                Architectures.named("bagnet" + patch).build(15, 0.125, 59), Optimiser.ADAM, 5)) {
      List<Heatmap> whole = Heatmap.of(network, image, labels, stride, done -> {});
      List<Heatmap> tiles = Heatmap.of(network, image, labels, stride, 24, told::add);

      for (int k = 0; k < labels.size(); k++) {
        assertThat(tiles.get(k).values()).hasSameSizeAs(whole.get(k).values());
        // Float32: maps of different sizes are added up in different orders.
        double tolerance = 1e-5 * Math.max(-whole.get(k).minimum(), whole.get(k).maximum());
        assertThat(tiles.get(k).values())
            .containsExactly(whole.get(k).values(), within((float) tolerance));
      }
      assertThat(told).isSorted();
      assertThat(told.get(told.size() - 1)).isEqualTo(Heatmap.parts(8, stride));
    }
  }

  /** A forward pass has the logits of every class, of which those that are wanted are taken. */
  @ParameterizedTest
  @MethodSource("tiled")
  void theHeatmapsOfAllClassesAreThoseOfEachByItself(int patch, int stride) {
    Pixels image = noise(51);
    try (Network network =
        engine()
            .compile(
                Architectures.named("bagnet" + patch).build(7, 0.125, 51), Optimiser.ADAM, 5)) {
      List<Integer> labels = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
      Collections.shuffle(labels, new Random(patch + stride));
      List<Heatmap> all = Heatmap.of(network, Normalisation.of(image), labels, stride, done -> {});
      List<Heatmap> asInTheReport = ReportHeatmap.of(network, image, labels, stride, done -> {});
      for (int k = 0; k < labels.size(); k++) {
        int label = labels.get(k);
        assertThat(all.get(k).values())
            .containsExactly(
                Heatmap.of(network, Normalisation.of(image), label, stride, done -> {}).values());
        assertThat(asInTheReport.get(k).values())
            .containsExactly(ReportHeatmap.of(network, image, label, stride, done -> {}).values());
      }
    }
  }

  /** Crops the patch centred at a pixel of the zero-padded normalised image. */
  private static float patchLogit(Network network, Pixels image, int row, int column, int patch) {
    int half = (patch - 1) / 2;
    int size = image.width();
    float[] normalised = Normalisation.of(image).values();
    float[] crop = new float[Normalisation.length(patch)];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < patch; y++) {
        for (int x = 0; x < patch; x++) {
          int fromRow = row - half + y;
          int fromColumn = column - half + x;
          if (fromRow >= 0 && fromRow < size && fromColumn >= 0 && fromColumn < size) {
            crop[(c * patch + y) * patch + x] =
                normalised[(c * size + fromRow) * size + fromColumn];
          }
        }
      }
    }
    return network.logitMap(new Batch(crop, 1, 3, patch, patch)).at(0, LABEL, 0, 0);
  }

  private static Pixels noise(int size) {
    byte[] values = new byte[3 * size * size];
    new Random(size).nextBytes(values);
    return new Pixels(size, size, 3, values);
  }
}
