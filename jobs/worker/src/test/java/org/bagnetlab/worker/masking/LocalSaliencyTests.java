package org.bagnetlab.worker.masking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bagnetlab.experiment.masking.SaliencyMethod;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.saliency.GradCam;
import org.bagnetlab.vision.saliency.PatchEvidence;
import org.bagnetlab.vision.saliency.SaliencyMap;
import org.bagnetlab.worker.engine.LocalEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which maps networks have, and where their values lie in the image. */
@Timeout(60)
class LocalSaliencyTests {

  private static final int SIZE = 64;
  private static final int[] LABELS = {2, 0};

  private static Network network(String name) {
    return LocalEngine.start()
        .compile(Architectures.named(name).build(3, 0.125, SIZE), Optimiser.SGD, 1);
  }

  private static Batch noise() {
    Random random = new Random(1);
    float[] values = new float[LABELS.length * 3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Batch(values, LABELS.length, 3, SIZE, SIZE);
  }

  /**
   * The patches of a BagNet without padding have their centres (q - 1) / 2 pixels from the border
   * on, where its Grad-CAM is the positive part of the heatmap without the bias, over the number of
   * patches.
   */
  @ParameterizedTest
  @CsvSource({"bagnet9, 7", "bagnet17, 6", "bagnet33, 4"})
  void gradCamOfABagNetIsThePositivePartOfItsHeatmap(String name, int side) {
    int first = (Integer.parseInt(name.substring("bagnet".length())) - 1) / 2;
    try (Network network = network(name)) {
      List<SaliencyMap> maps = new GradCam(network).maps(noise(), LABELS);
      List<SaliencyMap> heatmaps = new PatchEvidence(network, 4).maps(noise(), LABELS);
      float[] bias = requireNonNull(network.weights().get("fc.bias"));
      for (int i = 0; i < LABELS.length; i++) {
        for (int patch = 0; patch < side * side; patch++) {
          int pixel = (first + patch / side * 8) * SIZE + first + patch % side * 8;
          double logit = heatmaps.get(i).values()[pixel] - bias[LABELS[i]];
          assertThat((double) maps.get(i).values()[pixel])
              .isCloseTo(Math.max(0, logit) / (side * side), within(1e-5));
        }
      }
    }
  }

  @Test
  void onlyBagsOfLocalFeaturesHaveHeatmaps() {
    assertThat(methods("bagnet9")).containsExactly(SaliencyMethod.values());
    assertThat(methods("resnet50"))
        .containsExactly(
            SaliencyMethod.GRADIENT,
            SaliencyMethod.GRADIENT_TIMES_INPUT,
            SaliencyMethod.GRAD_CAM,
            SaliencyMethod.RANDOM);
  }

  private static Iterable<SaliencyMethod> methods(String name) {
    try (Network network = network(name)) {
      return new TileRankings(network, MaskGrid.tiles(SIZE, 16), 1)
          .of(noise(), LABELS, List.of("a", "b"))
          .get(1)
          .keySet();
    }
  }

  @Test
  void theRandomOrderDependsOnTheSeedAndTheImage() {
    try (Network network = network("resnet50")) {
      List<Map<SaliencyMethod, RankedTiles>> once = ranked(network, 1, "a", "b");
      assertThat(once).isEqualTo(ranked(network, 1, "a", "b"));
      assertThat(random(once, 0)).isNotEqualTo(random(once, 1));
      assertThat(random(once, 0)).isEqualTo(random(ranked(network, 1, "b", "a"), 1));
      assertThat(random(once, 0)).isNotEqualTo(random(ranked(network, 2, "a", "b"), 0));
    }
  }

  private static List<Map<SaliencyMethod, RankedTiles>> ranked(
      Network network, long seed, String... paths) {
    return new TileRankings(network, MaskGrid.tiles(SIZE, 16), seed)
        .of(noise(), LABELS, List.of(paths));
  }

  private static RankedTiles random(List<Map<SaliencyMethod, RankedTiles>> ranked, int image) {
    return requireNonNull(ranked.get(image).get(SaliencyMethod.RANDOM));
  }
}
