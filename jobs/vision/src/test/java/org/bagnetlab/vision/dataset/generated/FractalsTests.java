package org.bagnetlab.vision.dataset.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bagnetlab.vision.dataset.RelabelledDataset;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.generated.AffineMap.Coefficient;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.split.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FractalsTests {

  private static final int SIZE = 64;

  @ParameterizedTest
  @CsvSource({
    "fractals-60, 60, 7500",
    "fractals-2x10, 2, 20",
    "fractals-12x20, 12, 240",
    "fractals-1000x100, 1000, 100000",
    "fractals-100x1000, 100, 100000"
  })
  void theNameSaysHowManyClassesAndImagesThereAre(String name, int classes, int images) {
    GeneratedDataset dataset = BuiltInDatasets.find(name).orElseThrow();
    assertThat(dataset.name()).isEqualTo(name);
    assertThat(dataset.classes()).hasSize(classes).startsWith("fractal-000", "fractal-001");
    assertThat(dataset.images())
        .hasSize(images)
        .doesNotHaveDuplicates()
        .extracting(SceneImage::path)
        .isSorted();
    assertThat(BuiltInDatasets.problem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fractals-",
        "fractals-61",
        "fractals-1x20",
        "fractals-1001x20",
        "fractals-12x9",
        "fractals-12x1001",
        "fractals-101x1000",
        "fractals-012x20",
        "fractals-12x020",
        "fractals-12x20x3",
        "fractals-99999999999x20",
        "fractals-cxn"
      })
  void otherNamesOfFractalsAreRefusedInOneLine(String name) {
    assertThat(BuiltInDatasets.has(name)).isFalse();
    assertThat(BuiltInDatasets.problem(name))
        .contains(
            "There is no data set '%s'. Data sets of fractals are fractals-60, and fractals-CxN with 2 to 1000 classes (C) of 10 to 1000 images (N), at most 100000 images in all."
                .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scene15", "fractal", "fractals-12x20\n", "fractals-٣x20"})
  void namesUnlikeThoseOfFractalsAreNoneOfTheirs(String name) {
    assertThat(BuiltInDatasets.has(name)).isFalse();
    assertThat(BuiltInDatasets.problem(name)).isEmpty();
  }

  @Test
  void onlyOneDataSetOfFractalsIsListed() {
    assertThat(BuiltInDatasets.all())
        .extracting(GeneratedDataset::name)
        .containsExactly("controlled-15", "controlled-15-cue-conflict", "fractals-60");
  }

  @Test
  void splitsHaveTheProportionsOfTheReportsData() {
    Split usual = Split.of(new Fractals(), 1);
    assertThat(List.of(usual.train().size(), usual.validation().size(), usual.test().size()))
        .containsExactly(60 * 80, 60 * 20, 60 * 25);
    Split smallest = Split.of(fractals("fractals-2x10"), 1);
    assertThat(
            List.of(smallest.train().size(), smallest.validation().size(), smallest.test().size()))
        .containsExactly(2 * 6, 2 * 2, 2 * 2);
  }

  @Test
  void imagesAreTheSameOnEveryMachine() throws IOException {
    SceneDataset dataset = new Fractals();
    StringBuilder all = new StringBuilder();
    for (int i : new int[] {0, 777, 1499, 1500, 7499}) {
      Pixels image = dataset.read(dataset.images().get(i), SIZE);
      all.append(Sha256.of(image.values()), 0, 8);
    }
    all.append(Sha256.of(dataset.read(dataset.images().get(42), 224).values()), 0, 8);
    // A change of these means that the generator's version must change, too.
    assertThat(all.toString()).isEqualTo("9d3b195426151929e546e31cc19e9c04e6877462324a024a");
  }

  @Test
  void smallerDataSetsAreTheBeginningOfLargerOnes() throws IOException {
    SceneDataset small = fractals("fractals-12x20");
    SceneDataset large = fractals("fractals-100x50");
    assertThat(large.classes()).startsWith(small.classes().toArray(String[]::new));
    assertThat(large.images()).containsAll(small.images());
    for (int i = 0; i < small.images().size(); i += 37) {
      SceneImage image = small.images().get(i);
      assertThat(large.read(image, SIZE).values()).isEqualTo(small.read(image, SIZE).values());
    }
  }

  @Test
  void checksumsTellDataSetsWithOtherImagesApart() {
    assertThat(new Fractals().checksum())
        .isEqualTo(fractals("fractals-60x125").checksum())
        .isNotEqualTo(fractals("fractals-60x126").checksum())
        .isNotEqualTo(fractals("fractals-61x125").checksum());
  }

  @Test
  void everyClassFillsAFifthOfItsPicture() {
    int size = FractalClass.SEARCHED_SIZE;
    for (int label = 0; label < 60; label++) {
      PointCloud points =
          FractalClass.of(label).system().points(new Random(label), 8 * size * size);
      // The search measured it with other random points.
      assertThat(points.filled(size)).as("class %d", label).isGreaterThan(.19);
    }
  }

  @Test
  void everyVariationOfAClassContracts() {
    for (int label = 0; label < 60; label++) {
      IteratedFunctionSystem system = FractalClass.of(label).system();
      assertThat(system.maps()).hasSizeBetween(2, 8);
      for (Coefficient coefficient : Coefficient.values()) {
        for (double factor : new double[] {.8, 1, 1.2}) {
          assertThat(system.scaled(coefficient, factor).maps())
              .allSatisfy(map -> assertThat(map.longestStretch()).isLessThan(1));
        }
      }
    }
  }

  /** The singular values of [[.3, 0], [.4, .5]] are .3 sqrt(5) and .1 sqrt(5). */
  @Test
  void theLongestStretchIsTheLargestSingularValue() {
    AffineMap map = new AffineMap(.3, 0, .4, .5, 1, 1);
    assertThat(map.longestStretch()).isEqualTo(.3 * Math.sqrt(5), within(1e-12));
    assertThat(map.areaFactor()).isEqualTo(.15, within(1e-12));
  }

  /**
   * The pictures of classes, blurred to 16 x 16 pixels, differ more from each other than those of
   * other random points of the same class.
   */
  @Test
  void classesDiffer() {
    List<double[]> pictures = new ArrayList<>();
    for (int label = 0; label < 60; label++) {
      pictures.add(shares(FractalClass.of(label).system().points(new Random(1), 1 << 15)));
    }
    for (int label = 0; label < 60; label++) {
      double[] again = shares(FractalClass.of(label).system().points(new Random(2), 1 << 15));
      double same = distance(pictures.get(label), again);
      for (int other = 0; other < 60; other++) {
        if (other != label) {
          assertThat(distance(pictures.get(other), again))
              .as("classes %d and %d", label, other)
              .isGreaterThan(same);
        }
      }
    }
  }

  private static double[] shares(PointCloud points) {
    int[] counts = points.counts(16, PointCloud.Square.whole(16));
    double[] shares = new double[counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (double) counts[i] / points.xs().length;
    }
    return shares;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum;
  }

  @Test
  void imagesAreBlackWithAWhiteFractal() throws IOException {
    SceneDataset dataset = new Fractals();
    for (int i = 0; i < dataset.images().size(); i += 333) {
      Pixels image = dataset.read(dataset.images().get(i), Fractals.SMALLEST_IMAGE);
      int black = 0;
      int brightest = 0;
      for (byte level : image.values()) {
        black += level == 0 ? 1 : 0;
        brightest = Math.max(brightest, level & 0xFF);
      }
      assertThat(black).isGreaterThan(image.values().length / 10);
      assertThat(brightest).isGreaterThan(200);
    }
  }

  /** A network may number the classes otherwise than the data set. */
  @Test
  void imagesAreTheSameWhateverANetworkCallsTheirClass() throws IOException {
    SceneDataset dataset = fractals("fractals-12x20");
    SceneDataset relabelled = RelabelledDataset.of(dataset, dataset.classes().reversed());
    for (int i = 0; i < dataset.images().size(); i += 37) {
      assertThat(relabelled.read(relabelled.images().get(i), SIZE).values())
          .isEqualTo(dataset.read(dataset.images().get(i), SIZE).values());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train/fractal-012/image_0001",
        "train/fractal-000/image_0000",
        "train/fractal-000/image_0021",
        "train/fractal-000/image_0005",
        "test/fractal-000/image_0001",
        "cellar"
      })
  void anImageThatItDoesNotHaveIsRefused(String path) {
    SceneDataset dataset = fractals("fractals-12x20");
    assertThat(dataset.find(path)).isEmpty();
    SceneImage unknown = new SceneImage(path, 0, SceneImage.Folder.TRAIN);
    assertThatThrownBy(() -> dataset.read(unknown, SIZE))
        .hasMessage("fractals-12x20 has no image '%s'.".formatted(path));
  }

  @Test
  void imagesAreFoundByTheirPath() {
    SceneDataset dataset = fractals("fractals-12x20");
    for (SceneImage image : dataset.images()) {
      assertThat(dataset.find(image.path())).contains(image);
    }
  }

  @Test
  void tooSmallImagesAreRefused() {
    Fractals dataset = new Fractals();
    assertThatThrownBy(() -> dataset.read(dataset.images().get(0), 28))
        .hasMessageContaining("imageSize must be at least 32");
  }

  private static GeneratedDataset fractals(String name) {
    return BuiltInDatasets.find(name).orElseThrow();
  }
}
