package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.ArchitectureDescription;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.architecture.SeenPatch;
import org.bagnetlab.vision.architecture.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine must hold to: the input gradients of single positions of the last feature map. */
public abstract class PositionGradientContract {

  private static final int[] LABELS = {0, 1};

  /** The engine whose gradients are measured. */
  protected abstract Engine engine();

  private static Stream<String> networks() {
    return TestedNetworks.names().filter(TestedNetworks::isDistinct);
  }

  private static Stream<String> bagNets() {
    return TestedNetworks.bagNets();
  }

  /** Those that PyTorch's numbers were stored of. */
  private static Stream<String> goldenNetworks() throws IOException {
    Golden golden = Golden.of("centre-gradients");
    return TestedNetworks.names().filter(name -> golden.json().path("networks").has(name));
  }

  /** A side in pixels for which a network has few positions, 2 x 2 or of a BagNet 3 x 3. */
  private static int smallSide(String name) {
    Architecture architecture =
        Architectures.named(name).build(Golden.CLASSES, 0.25, TestedNetworks.side(name));
    int stride = ArchitectureDescription.of(architecture).outputStride();
    return architecture.localReceptiveField().map(patch -> patch + 2 * stride).orElse(2 * stride);
  }

  private Network network(String name, int size) {
    Architecture architecture = Architectures.named(name).build(Golden.CLASSES, 0.25, size);
    Network network = engine().compile(architecture, Optimiser.SGD, 1);
    network.load(GoldenWeights.of(architecture));
    return network;
  }

  /**
   * Sums over channels and tiles of 8 x 8 pixels, made with PyTorch by autograd: in each network's
   * features before the global pool, the classifier at the centre. Float32 opens other ReLUs, as
   * {@link GradientContract} allows for.
   */
  @ParameterizedTest
  @MethodSource("goldenNetworks")
  void theCentresAreThoseOfPyTorch(String name) throws IOException {
    Golden golden = Golden.of("centre-gradients");
    int size = (int) golden.number("/size");
    int tile = (int) golden.number("/tile");
    String path = "/networks/" + name;
    double[][] expected = golden.rows(path + "/magnitudes_of_tiles");
    double[] norms = golden.numbers(path + "/l2_norms");
    try (Network network = network(name, size)) {
      Position centre = Position.centre(network.architecture().lastMap());
      assertThat(golden.numbers(path + "/position_row_col"))
          .containsExactly(centre.row(), centre.column());

      float[] gradient =
          network.inputGradient(GoldenWeights.images(LABELS.length, size), LABELS, centre);

      int values = gradient.length / LABELS.length;
      double tolerance = name.equals("densenet169") ? 2e-2 : 1e-2;
      for (int n = 0; n < LABELS.length; n++) {
        float[] image = Arrays.copyOfRange(gradient, n * values, (n + 1) * values);
        assertThat(norm(image)).isCloseTo(norms[n], within(tolerance * norms[n]));
        double[] tiles = magnitudes(image, size, tile);
        assertThat(norm(difference(tiles, expected[n]))).isLessThan(tolerance * norm(expected[n]));
      }
    }
  }

  private static double[] magnitudes(float[] image, int size, int tile) {
    int tiles = size / tile;
    double[] sums = new double[tiles * tiles];
    for (int i = 0; i < image.length; i++) {
      int row = i / size % size;
      int column = i % size;
      sums[row / tile * tiles + column / tile] += Math.abs(image[i]);
    }
    return sums;
  }

  /** The engine computes it for each position from the same values: only sums are rounded. */
  @ParameterizedTest
  @MethodSource("networks")
  void theirMeanIsTheGradientOfTheImagesLogit(String name) {
    int size = smallSide(name);
    Batch images = GoldenWeights.images(LABELS.length, size);
    try (Network network = network(name, size)) {
      Shape map = network.architecture().lastMap();
      double[] mean = new double[images.values().length];
      for (int row = 0; row < map.height(); row++) {
        for (int column = 0; column < map.width(); column++) {
          float[] gradient = network.inputGradient(images, LABELS, new Position(row, column));
          for (int i = 0; i < mean.length; i++) {
            mean[i] += gradient[i] / (double) (map.height() * map.width());
          }
        }
      }
      float[] whole = network.inputGradient(images, LABELS);
      assertThat(norm(difference(mean, doubles(whole)))).isLessThan(1e-5 * norm(whole));
    }
  }

  @ParameterizedTest
  @MethodSource("bagNets")
  void ofABagNetTheyAreZeroOutsideOfThePatch(String name) {
    int size = smallSide(name);
    Batch images = GoldenWeights.images(LABELS.length, size);
    try (Network network = network(name, size)) {
      Shape map = network.architecture().lastMap();
      for (Position position :
          new Position[] {
            new Position(0, map.width() - 1), new Position(1, 0), Position.centre(map)
          }) {
        SeenPatch patch = SeenPatch.of(network.architecture(), position);
        float[] gradient = network.inputGradient(images, LABELS, position);
        int seen = 0;
        for (int i = 0; i < gradient.length; i++) {
          if (patch.contains(i / size % size, i % size)) {
            seen += gradient[i] == 0 ? 0 : 1;
          } else {
            assertThat(gradient[i]).isZero();
          }
        }
        int side = patch.side().orElseThrow();
        assertThat(seen).isGreaterThan(LABELS.length * 3 * side * side * 9 / 10);
      }
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static double[] difference(double[] one, double[] other) {
    double[] difference = new double[one.length];
    Arrays.setAll(difference, i -> one[i] - other[i]);
    return difference;
  }

  private static double norm(float[] values) {
    return norm(doubles(values));
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }
}
