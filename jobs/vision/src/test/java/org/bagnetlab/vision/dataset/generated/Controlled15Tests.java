package org.bagnetlab.vision.dataset.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.bagnetlab.vision.dataset.RelabelledDataset;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.Sha256;
import org.bagnetlab.vision.dataset.image.Pixels;
import org.bagnetlab.vision.dataset.split.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scales hold without any network: with the phase uniform over the period, the distribution of
 * patches of a texture is the multiset of its patches at all phases, which can be counted exactly.
 */
class Controlled15Tests {

  @ParameterizedTest
  @ValueSource(ints = {9, 17, 33})
  void classesThatLookAlikeHaveTheSamePatchesAndOthersDoNot(int patch) {
    Map<ControlledPattern, Map<Integer, Integer>> distributions = new HashMap<>();
    ControlledPattern.ALL.forEach(p -> distributions.put(p, counts(p, patch)));
    for (ControlledPattern a : ControlledPattern.ALL) {
      for (ControlledPattern b : ControlledPattern.ALL) {
        assertThat(Objects.equals(distributions.get(a), distributions.get(b)))
            .as("%s and %s in patches of %d", a.name(), b.name(), patch)
            .isEqualTo(a.looksLike(b, patch));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 6", "17, 11", "33, 14", "64, 15"})
  void linearBagLimitsRiseWithTheReceptiveField(int receptiveField, int fifteenths) {
    assertThat(Controlled15.linearBagLimit(receptiveField))
        .isCloseTo(fifteenths / 15.0, within(1e-12));
  }

  /** An image is its patches in any order; the best readout answers with their usual class. */
  @ParameterizedTest
  @CsvSource({"9, 7", "17, 6", "33, 4"})
  void theBestReadoutOfPatchesIsCountedOverAllPhases(int field, int aSide) {
    int classes = ControlledPattern.ALL.size();
    Map<IntBuffer, double[]> shares = new HashMap<>();
    for (int label = 0; label < classes; label++) {
      int[][] patches = patches(ControlledPattern.ALL.get(label), field);
      int period = patches.length;
      for (int phase = 0; phase < period * period; phase++) {
        int[] seen = new int[aSide * aSide];
        for (int i = 0; i < seen.length; i++) {
          int down = (phase / period + 8 * (i / aSide)) % period;
          int right = (phase % period + 8 * (i % aSide)) % period;
          seen[i] = patches[down][right];
        }
        Arrays.sort(seen);
        double[] share = shares.computeIfAbsent(IntBuffer.wrap(seen), any -> new double[classes]);
        share[label] += 1.0 / (classes * period * period);
      }
    }
    double best =
        shares.values().stream().mapToDouble(each -> DoubleStream.of(each).max().orElse(0)).sum();
    PatchReadouts readouts = Controlled15.readouts(field, 8, 64).orElseThrow();
    assertThat(readouts.best()).isCloseTo(best, within(5e-4));
    assertThat(readouts.linear()).isBetween(Controlled15.linearBagLimit(field), best);
  }

  @Test
  void readoutsAreKnownOnlyForThePatchesThatWereCounted() {
    assertThat(Controlled15.readouts(9, 8, 224)).isEmpty();
    assertThat(Controlled15.readouts(9, 1, 64)).isEmpty();
    assertThat(Controlled15.readouts(41, 8, 64)).isEmpty();
  }

  @Test
  void imagesAreTheSameOnEveryMachine() {
    Controlled15 dataset = new Controlled15();
    StringBuilder all = new StringBuilder();
    for (int i : new int[] {0, 500, 1199, 1200, 2699}) {
      Pixels image = dataset.read(dataset.images().get(i), 64);
      all.append(Sha256.of(image.values()), 0, 8);
    }
    // A change of these means that the generator's version must change, too.
    assertThat(all.toString()).isEqualTo("09788b9f70c41e6bb28826c034824d832ddce3bf");
  }

  /**
   * A network may number the classes otherwise than the data set, as one does that was trained on
   * exported images, whose folders are sorted by name.
   */
  @Test
  void imagesAreTheSameWhateverANetworkCallsTheirClass() throws IOException {
    SceneDataset dataset = new Controlled15();
    SceneDataset relabelled =
        RelabelledDataset.of(dataset, dataset.classes().stream().sorted().toList());
    for (int i = 0; i < dataset.images().size(); i += 77) {
      SceneImage image = dataset.images().get(i);
      SceneImage other = relabelled.images().get(i);
      assertThat(relabelled.read(other, 64).values()).isEqualTo(dataset.read(image, 64).values());
      assertThat(Controlled15.informativePatches(other, 64, 17, 8))
          .isEqualTo(Controlled15.informativePatches(image, 64, 17, 8));
    }
  }

  @Test
  void anImageThatItDoesNotHaveIsRefused() {
    SceneImage unknown = new SceneImage("test/cellar/image_0001", 0, SceneImage.Folder.TEST);
    assertThatThrownBy(() -> new Controlled15().read(unknown, 64))
        .hasMessage("controlled-15 has no image 'test/cellar/image_0001'.");
  }

  /**
   * Of s^2 phases: where marks are s apart and m wide, patches of q pixels, from q = s - m + 1 on,
   * hold two of them in all but (2s - m + 1 - q)^2; and up to that side one in all but those that
   * meet no mark across or none down, which leaves (m - 1 + q)^2.
   */
  @ParameterizedTest
  @CsvSource({
    "near-black-red, 8, 2, 0",
    "near-black-red, 9, 2, 0",
    "near-black-red, 10, 2, 21",
    "near-black-red, 17, 2, 112",
    "near-black-red, 33, 2, 121",
    "middle-black-red, 17, 2, 0",
    "middle-black-red, 33, 2, 416",
    "far-black-red, 33, 2, 0",
    "far-black-red, 34, 2, 73",
    "only-red, 7, 1, 81",
    "only-red, 8, 1, 100",
    "only-red, 9, 1, 121"
  })
  void patchesHoldSoManyMarks(String name, int side, int marks, int expected) {
    MarkLattice lattice =
        ControlledPattern.ALL.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow()
            .lattice();
    int spacing = lattice.spacing();
    int holding = 0;
    for (int phase = 0; phase < spacing * spacing; phase++) {
      int row = phase / spacing;
      int column = phase % spacing;
      holding += lattice.marks(row, column, side) >= marks ? 1 : 0;
      assertThat(lattice.marks(row + spacing, column + 3 * spacing, side))
          .isEqualTo(lattice.marks(row, column, side));
    }
    assertThat(holding).isEqualTo(expected);
  }

  /**
   * The marks of a patch are counted in the image: their first pixels that are in it, by rows and
   * columns. Marks differ from the ground by more than 100 gray levels, noise has a deviation of 5.
   */
  @Test
  void informativePatchesShowTwoMarksOrOneOfTheOnlyColour() {
    Controlled15 dataset = new Controlled15();
    for (int i = 0; i < dataset.images().size(); i += 31) {
      SceneImage image = dataset.images().get(i);
      int needed = image.path().contains("only-") ? 1 : 2;
      for (int size : new int[] {64, 75}) {
        boolean[] marked = marked(dataset.read(image, size));
        for (int patch : new int[] {9, 17, 33}) {
          boolean[] informative = Controlled15.informativePatches(image, size, patch, 4);
          int side = (size - patch) / 4 + 1;
          assertThat(informative).hasSize(side * side);
          for (int p = 0; p < informative.length; p++) {
            assertThat(marks(marked, size, p / side * 4, p % side * 4, patch) >= needed)
                .as("%s, patch %d of %d pixels", image.path(), p, patch)
                .isEqualTo(informative[p]);
          }
        }
      }
    }
  }

  private static boolean[] marked(Pixels pixels) {
    boolean[] marked = new boolean[pixels.height() * pixels.width()];
    for (int i = 0; i < marked.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        int level = pixels.at(i / pixels.width(), i % pixels.width(), channel);
        marked[i] |= Math.abs(level - 128) > 57;
      }
    }
    return marked;
  }

  private static int marks(boolean[] marked, int size, int top, int left, int patch) {
    int marks = 0;
    for (int row = top; row < top + patch; row++) {
      for (int column = left; column < left + patch; column++) {
        boolean first =
            (row == top || !marked[(row - 1) * size + column])
                && (column == left || !marked[row * size + column - 1]);
        marks += marked[row * size + column] && first ? 1 : 0;
      }
    }
    return marks;
  }

  @Test
  void hasTheCountsOfTheReportsData() {
    Controlled15 dataset = new Controlled15();
    assertThat(dataset.classes()).hasSize(15).doesNotHaveDuplicates();
    Split split = Split.of(dataset, 1);
    assertThat(List.of(split.train().size(), split.validation().size(), split.test().size()))
        .containsExactly(1200, 300, 1200);
  }

  @Test
  void tooSmallImagesAreRefused() {
    Controlled15 dataset = new Controlled15();
    assertThatThrownBy(() -> dataset.read(dataset.images().get(0), 60))
        .hasMessageContaining("imageSize must be at least 64");
  }

  /** How often each patch stands at the phases of a period. */
  private static Map<Integer, Integer> counts(ControlledPattern pattern, int side) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int[] row : patches(pattern, side)) {
      for (int patch : row) {
        counts.merge(patch, 1, Integer::sum);
      }
    }
    return counts;
  }

  /** The patch at each phase down and right, by the hash of its colours. */
  private static int[][] patches(ControlledPattern pattern, int side) {
    MarkLattice lattice = pattern.lattice();
    int[][] patches = new int[lattice.period()][lattice.period()];
    int[] colours = new int[side * side];
    for (int down = 0; down < lattice.period(); down++) {
      for (int right = 0; right < lattice.period(); right++) {
        for (int i = 0; i < colours.length; i++) {
          colours[i] = lattice.colour(down + i / side, right + i % side);
        }
        patches[down][right] = Arrays.hashCode(colours);
      }
    }
    return patches;
  }
}
