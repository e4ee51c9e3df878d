package org.bagnetlab.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDifferenceTests {

  /** Four seeds, 60 images; the seeds share what {@code i % 5} adds. */
  private static Map<String, Double> seed(int seed) {
    return images(
        60, i -> Math.signum((i % 5 - 2) + (i * 11 + seed * 5) % 7 / 3 - 1 + (seed == 2 ? 1 : 0)));
  }

  private static Map<String, Double> images(int count, IntToDoubleFunction value) {
    Map<String, Double> images = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      images.put("image" + i, value.applyAsDouble(i));
    }
    return images;
  }

  /**
   * NumPy and SciPy: {@code S2 = d.var(ddof=1)}, {@code C} the mean off the diagonal of {@code
   * np.cov(X, ddof=0) / 60} plus 1 / 62^2, variance {@code S2 / 4 + C}, degrees of freedom {@code
   * (S2 + 4 C)^2 / (S2^2 / 3)}, {@code scipy.stats.t}.
   */
  @Test
  void equalsNumPyAndSciPy() {
    PairedDifference found = PairedDifference.of(List.of(seed(0), seed(1), seed(2), seed(3)));
    assertThat(found.difference()).isCloseTo(-0.008333333333333338, within(1e-12));
    assertThat(found.bySeed().get(2)).isCloseTo(.3, within(1e-12));
    assertThat(found.low().orElseThrow()).isCloseTo(-0.32020726950708767, within(1e-7));
    assertThat(found.high().orElseThrow()).isCloseTo(0.30354060284042095, within(1e-7));
    assertThat(found.p().orElseThrow()).isCloseTo(0.9539939354708448, within(1e-7));
    assertThat(found.method()).contains(PairedDifference.Method.SEEDS_AND_IMAGES);
  }

  /** Agresti and Min's standard error, from a table with half an image more in each cell. */
  @Test
  void oneSeedHasAnIntervalOverItsImages() {
    PairedDifference found = PairedDifference.of(List.of(seed(0)));
    assertThat(found.low().orElseThrow()).isCloseTo(-0.33842587406344804, within(1e-7));
    assertThat(found.high().orElseThrow()).isCloseTo(0.1050925407301147, within(1e-7));
    assertThat(found.images()).isEqualTo(60);
  }

  @Test
  void twoSeedsHaveNoInterval() {
    PairedDifference found = PairedDifference.of(List.of(seed(0), seed(1)));
    assertThat(found.bySeed()).hasSize(2);
    assertThat(found.low()).isEmpty();
    assertThat(found.p()).isEmpty();
    assertThatThrownBy(() -> PairedDifference.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void networksThatAlwaysAgreeDoNotDifferButHaveAnInterval() {
    Map<String, Double> same = images(100, i -> 0);
    for (List<Map<String, Double>> seeds : List.of(List.of(same), List.of(same, same, same))) {
      PairedDifference found = PairedDifference.of(seeds);
      assertThat(found.difference()).isZero();
      assertThat(found.p().orElseThrow()).isEqualTo(1);
      assertThat(found.high().orElseThrow()).isBetween(.005, .05);
    }
  }

  @Test
  void exchangingTheNetworksChangesTheSign() {
    List<Map<String, Double>> seeds = List.of(seed(0), seed(1), seed(2));
    List<Map<String, Double>> exchanged = new ArrayList<>();
    for (Map<String, Double> each : seeds) {
      Map<String, Double> opposite = new HashMap<>();
      each.forEach((image, value) -> opposite.put(image, -value));
      exchanged.add(opposite);
    }
    PairedDifference one = PairedDifference.of(seeds);
    PairedDifference other = PairedDifference.of(exchanged);
    assertThat(other.difference()).isCloseTo(-one.difference(), within(1e-12));
    assertThat(other.low().orElseThrow()).isCloseTo(-one.high().orElseThrow(), within(1e-12));
    assertThat(other.p().orElseThrow()).isCloseTo(one.p().orElseThrow(), within(1e-12));
  }

  /**
   * How often the interval holds the true difference. Each network's accuracy differs by a normal
   * effect of its seed; half of what decides over an image is the image's, for both networks and
   * all seeds; each seed has a part of the images.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "3, 0, 1",
    "3, 0.02, 1",
    "3, 0.08, 1",
    "5, 0, 1",
    "5, 0.02, 1",
    "5, 0.08, 1",
    "3, 0.02, 0.5",
    "5, 0.02, 0.5"
  })
  void theIntervalCoversTheDifference(int seeds, double sd, double share) {
    double first = .75;
    double second = .7;
    int images = 300;
    int repetitions = 1500;
    SplittableRandom random = new SplittableRandom(1);
    int covered = 0;
    for (int i = 0; i < repetitions; i++) {
      double[] difficulties = random.doubles(images).toArray();
      boolean[] ofImages = new boolean[images];
      for (int k = 0; k < images; k++) {
        ofImages[k] = random.nextBoolean();
      }
      List<Map<String, Double>> all = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        double ours = first + sd * random.nextGaussian();
        double theirs = second + sd * random.nextGaussian();
        Map<String, Double> differences = new LinkedHashMap<>();
        for (int k = 0; k < images; k++) {
          if (random.nextDouble() < share) {
            boolean right = (ofImages[k] ? difficulties[k] : random.nextDouble()) < ours;
            boolean also = (ofImages[k] ? difficulties[k] : random.nextDouble()) < theirs;
            differences.put("image" + k, (right ? 1.0 : 0) - (also ? 1 : 0));
          }
        }
        all.add(differences);
      }
      PairedDifference found = PairedDifference.of(all);
      double truth = first - second;
      if (found.low().orElseThrow() <= truth && truth <= found.high().orElseThrow()) {
        covered++;
      }
    }
    assertThat((double) covered / repetitions).isBetween(.92, .995);
  }
}
