package org.bagnetlab.worker.masking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.bagnetlab.vision.masking.MaskGrid;
import org.bagnetlab.vision.masking.MaskedCopies;
import org.bagnetlab.vision.masking.RankedTiles;
import org.bagnetlab.vision.masking.Square;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.saliency.GradCam;
import org.bagnetlab.vision.saliency.GradientTimesInput;
import org.bagnetlab.vision.saliency.InputGradient;
import org.bagnetlab.vision.saliency.PatchEvidence;
import org.bagnetlab.vision.saliency.Saliency;
import org.bagnetlab.vision.saliency.SaliencyMap;
import org.bagnetlab.worker.engine.LocalEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A linear network whose convolution sees one tile at a time: every tile adds its own evidence to
 * the logits, so all saliency maps and what masking does are known in closed form.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinearNetworkTests {

  private static final int SIDE = 8;
  private static final int ACROSS = 4;
  private static final int SIZE = SIDE * ACROSS;
  private static final int FEATURES = 5;
  private static final int CLASSES = 3;
  private static final int LABEL = 1;
  private static final MaskGrid TILES = MaskGrid.tiles(SIZE, SIDE);

  /** Float32, of values of about 1 that are sums of some hundred. */
  private static final double ROUNDING = 1e-5;

  private static final Architecture ARCHITECTURE =
      new Architecture(
          "linear",
          List.of(
              new Node.Input("input", new Shape(3, SIZE, SIZE)),
              new Node.Convolution(
                  "conv", "input", FEATURES, new Window(SIDE, SIDE, 0), Node.Convolution.Fan.OUT),
              new Node.GlobalAveragePool("pool", "conv"),
              new Node.Linear("fc", "pool", CLASSES)));

  private final Map<String, float[]> weights = InitialWeights.of(ARCHITECTURE, 3);
  private final Network network = network();
  private final Batch image = image();

  private Network network() {
    Network compiled = LocalEngine.start().compile(ARCHITECTURE, Optimiser.SGD, 1);
    compiled.load(weights);
    return compiled;
  }

  private static Batch image() {
    Random random = new Random(7);
    float[] values = new float[3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Batch(values, 1, 3, SIZE, SIZE);
  }

  @AfterAll
  void close() {
    network.close();
  }

  private double weight(String tensor, int index) {
    return requireNonNull(weights.get(tensor))[index];
  }

  /** How much the logit grows with a value of a tile: the same in all tiles. */
  private double slope(int channel, int pixel) {
    double slope = 0;
    for (int feature = 0; feature < FEATURES; feature++) {
      slope +=
          weight("fc.weight", LABEL * FEATURES + feature)
              * weight("conv.weight", (feature * 3 + channel) * SIDE * SIDE + pixel);
    }
    return slope / TILES.count();
  }

  /** What a tile adds to the logit. */
  private double evidence(Square tile) {
    double evidence = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        int row = tile.top() + pixel / SIDE;
        int column = tile.left() + pixel % SIDE;
        evidence += slope(channel, pixel) * image.values()[(channel * SIZE + row) * SIZE + column];
      }
    }
    return evidence;
  }

  private SaliencyMap map(Saliency saliency) {
    return saliency.maps(image, new int[] {LABEL}).get(0);
  }

  @Test
  void gradientTimesInputIsTheEvidence() {
    SaliencyMap map = map(new GradientTimesInput(network));
    for (Square tile : TILES.squares()) {
      assertThat(SIDE * SIDE * map.mean(tile.top(), tile.left(), SIDE))
          .isCloseTo(evidence(tile), within(ROUNDING));
    }
  }

  @Test
  void theGradientIsTheSameInAllTiles() {
    SaliencyMap map = map(new InputGradient(network));
    for (int i = 0; i < SIZE * SIZE; i++) {
      int pixel = i / SIZE % SIDE * SIDE + i % SIZE % SIDE;
      double expected =
          IntStream.range(0, 3).mapToDouble(channel -> Math.abs(slope(channel, pixel))).sum();
      assertThat((double) map.values()[i]).isCloseTo(expected, within(ROUNDING));
    }
  }

  /** In the corners the map is that of the outermost positions. */
  @Test
  void gradCamIsThePositivePartOfTheEvidence() {
    SaliencyMap map = map(new GradCam(network));
    for (Square tile : TILES.squares()) {
      if (tile.top() % (SIZE - SIDE) == 0 && tile.left() % (SIZE - SIDE) == 0) {
        int row = tile.top() == 0 ? 0 : SIZE - 1;
        int column = tile.left() == 0 ? 0 : SIZE - 1;
        assertThat((double) map.values()[row * SIZE + column])
            .isCloseTo(Math.max(0, evidence(tile)), within(ROUNDING));
      }
    }
  }

  /** A patch of 8 pixels that begins with a tile has its centre at the tile's fourth pixel. */
  @Test
  void theHeatmapIsThePatchesLogits() {
    SaliencyMap map = map(new PatchEvidence(network, SIDE));
    for (Square tile : TILES.squares()) {
      double logit = weight("fc.bias", LABEL) + TILES.count() * evidence(tile);
      assertThat((double) map.values()[(tile.top() + 3) * SIZE + tile.left() + 3])
          .isCloseTo(logit, within(TILES.count() * ROUNDING));
    }
  }

  /** What is removed takes its evidence with it, and what is inserted adds it. */
  @Test
  void deletionAndInsertionAreSumsOfTheEvidence() {
    List<Square> expected =
        TILES.squares().stream()
            .sorted(Comparator.comparingDouble(this::evidence).reversed())
            .toList();
    RankedTiles ranked =
        RankedTiles.of(TILES, map(new GradientTimesInput(network)), new SplittableRandom(1));
    assertThat(ranked.tiles()).isEqualTo(expected);

    List<List<Square>> copies = new ArrayList<>();
    for (int count = 0; count <= TILES.count(); count++) {
      copies.add(ranked.first(count));
      copies.add(ranked.without(count));
    }
    float[][] logits = new MaskedCopies(network::logits, 5).logits(image, 0, copies);
    double bias = weight("fc.bias", LABEL);
    for (int count = 0; count <= TILES.count(); count++) {
      double inserted = expected.subList(0, count).stream().mapToDouble(this::evidence).sum();
      double left =
          expected.subList(count, TILES.count()).stream().mapToDouble(this::evidence).sum();
      assertThat((double) logits[2 * count][LABEL]).isCloseTo(bias + left, within(ROUNDING));
      assertThat((double) logits[2 * count + 1][LABEL])
          .isCloseTo(bias + inserted, within(ROUNDING));
    }
  }
}
