package org.bagnetlab.server.results.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.run.SimulatedRuns;
import org.bagnetlab.server.statistics.PairedDifference;
import org.junit.jupiter.api.Test;

class DifferencesTests {

  private static final Networks NETWORKS = new Networks(Published.read());

  private static Differences differences(Measure measure, StudiedNetwork... networks) {
    return Differences.of(
        SimulatedRuns.CHOSEN, measure, 4, Optional.of(SimulatedStudies.study(networks)), NETWORKS);
  }

  @Test
  void everyTwoNetworksAreComparedAndCorrectedTogether() {
    Differences all =
        differences(
            Measure.TEST,
            SimulatedStudies.network("resnet50", 6, .9, .5),
            SimulatedStudies.network("bagnet9", 6, .4, .3),
            SimulatedStudies.network("bagnet33", 6, .9, .8));
    assertThat(all.pairs())
        .extracting(pair -> pair.first() + " " + pair.second())
        .containsExactly("resnet50 bagnet9", "resnet50 bagnet33", "bagnet9 bagnet33");
    Differences.Pair clear = all.pairs().get(0);
    assertThat(clear.difference().low().orElseThrow()).isBetween(.44, .5);
    assertThat(clear.adjusted().orElseThrow()).isEqualTo(3 * 2 / 924.0);
    assertThat(clear.adjusted().orElseThrow()).isGreaterThan(clear.difference().p().orElseThrow());
    assertThat(clear.significant()).isTrue();
    assertThat(clear.seeds()).hasSize(6);
    assertThat(all.pairs().get(1).adjusted().orElseThrow()).isGreaterThan(.05);
    assertThat(all.pairs().get(1).significant()).isFalse();
  }

  @Test
  void whatScramblingCostsIsADifferenceOfDifferences() {
    Differences all =
        differences(
            Measure.SCRAMBLING_LOSS,
            SimulatedStudies.network("resnet50", 3, .9, .5),
            SimulatedStudies.network("bagnet33", 3, .9, .85));
    Differences.Pair pair = all.pairs().get(0);
    assertThat(pair.difference().difference()).isBetween(.3, .4);
    assertThat(pair.seeds().get(0).table()).isEmpty();
    assertThat(pair.sentence())
        .matches("Scrambling costs ResNet-50 3\\S+ points more than BagNet-33, .*");
    assertThat(pair.reversed())
        .matches("Scrambling costs BagNet-33 3\\S+ points less than ResNet-50, .*");
  }

  /** Over one seed nothing is significant, however small its p-value. */
  @Test
  void conclusionsSayWhatScramblingCostsAndWhetherNetworksAreToldApart() {
    assertThat(
            differences(
                    Measure.SCRAMBLING_LOSS,
                    SimulatedStudies.network("resnet50", 6, .9, .5),
                    SimulatedStudies.network("bagnet33", 6, .9, .88))
                .conclusions())
        .satisfiesExactly(
            costs ->
                assertThat(costs)
                    .matches(
                        "Loss of test accuracy by scrambling 4 × 4 tiles, in points: ResNet-50 [34]\\S+ \\(95 % 3\\S+ to 4\\S+\\), BagNet-33 \\d\\S+ \\(95 % −?\\d\\S+ to \\S+\\)\\."),
            apart ->
                assertThat(apart)
                    .isEqualTo(
                        "Told apart, by a corrected p of at most 5 %: 1 of 1 pairs of networks."));
    assertThat(
            differences(
                    Measure.SCRAMBLING_LOSS,
                    SimulatedStudies.network("resnet50", 1, .9, .5),
                    SimulatedStudies.network("bagnet33", 1, .9, .9))
                .conclusions())
        .satisfiesExactly(
            costs -> assertThat(costs).contains(": ResNet-50 "),
            none ->
                assertThat(none)
                    .isEqualTo("No loss is demonstrated for BagNet-33: the interval contains 0."),
            scope -> assertThat(scope).endsWith("without variation between seeds."),
            apart -> assertThat(apart).startsWith("With one common seed, no two networks"));
    assertThat(
            differences(
                    Measure.SCRAMBLING_LOSS,
                    SimulatedStudies.network("bagnet9", 2, .9, .5),
                    SimulatedStudies.network("bagnet33", 2, .9, .5))
                .conclusions())
        .satisfiesExactly(
            costs -> assertThat(costs).matches(".*: BagNet-9 \\S+ \\(seeds \\S+, \\S+\\), .*"),
            apart -> assertThat(apart).startsWith("With 2 common seeds there is no test"));
  }

  @Test
  void conclusionsOnAccuracyGoFromTheSmallestReceptiveFieldToTheLargest() {
    assertThat(
            differences(
                    Measure.TEST,
                    SimulatedStudies.network("resnet50", 6, .9, .5),
                    SimulatedStudies.network("bagnet33", 6, .7, .5),
                    SimulatedStudies.network("bagnet9", 6, .4, .3),
                    SimulatedStudies.network("bagnet17", 6, .4, .3))
                .conclusions())
        .satisfiesExactly(
            step -> assertThat(step).matches("BagNet-17 is \\S+ points \\w+ BagNet-9, .*"),
            step -> assertThat(step).matches("BagNet-33 is \\S+ points above BagNet-17, .*"),
            apart ->
                assertThat(apart)
                    .matches(
                        "Told apart, .*: 1 of 2 steps; not (BagNet-9 and BagNet-17|BagNet-17 and BagNet-9)\\."));
  }

  /** McNemar's test is of images that a network recognises or not. */
  @Test
  void whatSomePermutationsRecogniseIsNeitherRightNorWrong() {
    StudiedNetwork one = SimulatedStudies.network("resnet50", 1, .9, .5);
    StudiedNetwork other = SimulatedStudies.network("bagnet33", 1, .9, .5);
    assertThat(differences(Measure.SCRAMBLED, one, other).pairs().get(0).seeds().get(0).exactP())
        .isPresent();
    one.bySeed()
        .replaceAll(
            (seed, outcomes) -> {
              Map<String, Double> shares = new LinkedHashMap<>(outcomes.scrambled());
              shares.put("image0", .5);
              return outcomes.scrambledAgain(shares, 2);
            });
    Differences.Pair pair = differences(Measure.SCRAMBLED, one, other).pairs().get(0);
    assertThat(pair.seeds().get(0).table()).isEmpty();
    assertThat(pair.seeds().get(0).exactP()).isEmpty();
    assertThat(pair.difference().method()).contains(PairedDifference.Method.IMAGES);
  }

  /** As it is said of networks without an interval. */
  @Test
  void aCostHasAnIntervalOfASingleRunAndOfManySeeds() {
    List<Integer> without =
        IntStream.rangeClosed(1, 8)
            .filter(
                seeds ->
                    differences(
                            Measure.SCRAMBLING_LOSS,
                            SimulatedStudies.network("resnet50", seeds, .9, .5))
                        .networks()
                        .get(0)
                        .interval()
                        .isEmpty())
            .boxed()
            .toList();
    Differences any =
        differences(Measure.SCRAMBLING_LOSS, SimulatedStudies.network("resnet50", 1, .9, .5));
    assertThat(without)
        .isEqualTo(IntStream.range(2, any.intervalFromSeeds()).boxed().toList())
        .isNotEmpty();
  }

  @Test
  void networksWithoutACommonSeedAreNotCompared() {
    StudiedNetwork one = SimulatedStudies.network("resnet50", 2, .9, .5);
    StudiedNetwork other = SimulatedStudies.network("bagnet33", 3, .9, .5);
    other.bySeed().remove(1L);
    other.bySeed().remove(2L);
    Differences all = differences(Measure.TEST, one, other);
    assertThat(all.networks()).hasSize(2);
    assertThat(all.pairs()).isEmpty();
  }

  @Test
  void twoSeedsHaveNoTestAndDoNotCountInTheCorrection() {
    Differences all =
        differences(
            Measure.TEST,
            SimulatedStudies.network("resnet50", 1, .9, .5),
            SimulatedStudies.network("bagnet9", 2, .4, .3),
            SimulatedStudies.network("bagnet33", 2, .9, .8));
    assertThat(all.pairs().get(2).adjusted()).isEmpty();
    assertThat(all.pairs().get(2).sentence()).contains("too few for an interval");
    assertThat(all.pairs().get(0).adjusted()).isPresent();
  }

  @Test
  void aChangeIsTheDifferenceOfTheNetworksBeforeAndAfterIt() {
    List<Changes.Step> changes =
        Changes.steps(
            SimulatedStudies.study(
                SimulatedStudies.network("resnet50", 3, .8, .5),
                SimulatedStudies.network("resnet50_v15", 3, .9, .5)),
            NETWORKS);
    Changes.Step first = changes.get(0);
    assertThat(first.difference().orElseThrow().difference()).isBetween(.07, .13);
    assertThat(first.adjusted()).isEqualTo(first.difference().orElseThrow().p());
    assertThat(first.sentence().orElseThrow()).startsWith("ResNet-50 v1.5 is ");
    assertThat(changes.get(1).difference()).isEmpty();
    assertThat(changes.get(1).accuracyBefore()).isPresent();
  }
}
