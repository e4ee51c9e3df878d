package org.bagnetlab.server.results.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bagnetlab.server.results.run.Networks;
import org.bagnetlab.server.results.run.Published;
import org.bagnetlab.server.results.study.SimulatedStudies;
import org.bagnetlab.server.results.study.StudiedNetwork;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.vision.dataset.generated.Controlled15;
import org.junit.jupiter.api.Test;

class ReportClaimsTests {

  private static final Published PUBLISHED = Published.read();
  private static final Networks NETWORKS = new Networks(PUBLISHED);
  private static final String ALONE = "bagnets-need-local-features-alone";

  private static final Objectives NO_OBJECTIVES =
      new Objectives(Optional.empty(), Optional.empty());

  private static Map<String, Claim> judged(StudiedNetwork... networks) {
    return judged(NO_OBJECTIVES, networks);
  }

  private static Map<String, Claim> judged(Objectives objectives, StudiedNetwork... networks) {
    List<Claim> claims =
        ReportClaims.of(
            SimulatedStudies.study(networks), Evidence.none(), objectives, PUBLISHED, NETWORKS);
    assertThat(claims).hasSize(8);
    return claims.stream().collect(Collectors.toMap(Claim::id, claim -> claim));
  }

  private static Verdict verdict(Map<String, Claim> claims, String id) {
    return claim(claims, id).verdict();
  }

  private static Claim claim(Map<String, Claim> claims, String id) {
    return Objects.requireNonNull(claims.get(id), id);
  }

  /** On controlled-15, networks as accurate as the minimum of cross-entropy makes them. */
  @Test
  void networksAtTheirLimitsGiveTheVerdictsThatAreKnown() {
    StudiedNetwork[] bags = bags(Controlled15::linearBagLimit);
    Map<String, Claim> claims =
        judged(
            new Objectives(
                Optional.of(SimulatedStudies.study(bags)),
                Optional.of(SimulatedStudies.study(bags(Controlled15::trainedAlone)))),
            Stream.concat(
                    Stream.of("resnet50", "densenet121", "densenet169", "cbam_resnet50")
                        .map(name -> SimulatedStudies.network(name, 6, .998, .5)),
                    Stream.of(bags))
                .toArray(StudiedNetwork[]::new));
    int known = 0;
    for (Claim claim : claims.values()) {
      if (claim.truth().isPresent()) {
        assertThat(claim.verdict()).as(claim.id()).isEqualTo(claim.truth().get().verdict());
        known++;
      }
    }
    assertThat(known).isEqualTo(4);
    assertThat(verdict(claims, "bagnet33-survives-scrambling")).isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(claims, "one-step-improves")).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim(claims, "accuracy-grows-with-receptive-field").runs()).hasSize(18);
  }

  private static StudiedNetwork[] bags(IntToDoubleFunction accuracy) {
    return IntStream.of(9, 17, 33)
        .mapToObj(
            field ->
                SimulatedStudies.network("bagnet" + field, 6, accuracy.applyAsDouble(field), .3))
        .toArray(StudiedNetwork[]::new);
  }

  @Test
  void aLossAboveFivePointsOfOneBagNetContradictsThatLocalFeaturesAreEnough() {
    Map<String, Claim> claims =
        judged(
            new Objectives(
                Optional.of(SimulatedStudies.study(bags(field -> .8))),
                Optional.of(SimulatedStudies.study(bags(field -> field == 33 ? .6 : .8)))),
            bags(field -> .8));
    assertThat(verdict(claims, ALONE)).isEqualTo(Verdict.CONTRADICTED);
    assertThat(claim(claims, ALONE).evidence())
        .containsPattern("Training its patches by themselves costs BagNet-33 (19|2[01])\\.")
        .containsPattern("Training its patches by themselves costs BagNet-17 (-?[012])\\.");
  }

  @Test
  void withoutTheOtherObjectiveItSaysWhatIsMissing() {
    StudiedNetwork[] bags = bags(field -> .8);
    Claim claim =
        claim(
            judged(
                new Objectives(Optional.of(SimulatedStudies.study(bags)), Optional.empty()), bags),
            ALONE);
    assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim.toDecide())
        .contains("BagNet-9 with the local objective with 4 seeds in all")
        .doesNotContain("BagNet-9 with the global objective with 4 seeds in all");
  }

  /** Networks as the report found them. */
  @Test
  void theReportsOwnNumbersSupportWhatTheyAreFarApartIn() {
    Map<String, Claim> claims =
        judged(
            SimulatedStudies.network("resnet50", 6, .907, .50),
            SimulatedStudies.network("densenet121", 6, .918, .57),
            SimulatedStudies.network("densenet169", 6, .922, .58),
            SimulatedStudies.network("cbam_resnet50", 6, .934, .73),
            SimulatedStudies.network("bagnet9", 6, .84, .8),
            SimulatedStudies.network("bagnet17", 6, .905, .87),
            SimulatedStudies.network("bagnet33", 6, .925, .90));
    assertThat(verdict(claims, "bagnet33-survives-scrambling")).isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict(claims, "cbam-resnet50-is-best")).isNotEqualTo(Verdict.CONTRADICTED);
    assertThat(claim(claims, "bagnet33-survives-scrambling").evidence())
        .containsPattern("Scrambling costs BagNet-33 [1-4]\\.")
        .containsPattern("Scrambling costs ResNet-50 3[6-9]\\.. points more than BagNet-33");
  }

  @Test
  void oneSeedDecidesNothingHoweverClearItIs() {
    Map<String, Claim> claims =
        judged(
            SimulatedStudies.network("resnet50", 1, .998, .5),
            SimulatedStudies.network("bagnet9", 1, .4, .3),
            SimulatedStudies.network("bagnet17", 1, .7, .3),
            SimulatedStudies.network("bagnet33", 1, .9, .3));
    assertThat(claims.values())
        .allSatisfy(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED));
    assertThat(claim(claims, "accuracy-grows-with-receptive-field").evidence())
        .contains("To decide it, run: BagNet-17 with 4 seeds in all, BagNet-9 with 4 seeds in all");
  }

  @Test
  void aClaimWithoutOneOfItsNetworksCanFailButNotHold() {
    Map<String, Claim> claims =
        judged(
            SimulatedStudies.network("cbam_resnet50", 6, .8, .5),
            SimulatedStudies.network("bagnet9", 6, .4, .3),
            SimulatedStudies.network("bagnet33", 6, .95, .9));
    assertThat(verdict(claims, "cbam-resnet50-is-best")).isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(claims, "accuracy-grows-with-receptive-field")).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim(claims, "cbam-resnet50-is-best").toDecide())
        .contains("ResNet-50 with 4 seeds in all");
  }

  @Test
  void oneStepFromResNetToBagNetIsEnough() {
    Map<String, Claim> claims =
        judged(
            SimulatedStudies.network("resnet50", 6, .8, .5),
            SimulatedStudies.network("resnet50_v15", 6, .8, .5),
            SimulatedStudies.network("resnet50_no_max_pool", 6, .9, .5));
    Claim cause = claim(claims, "one-step-improves");
    assertThat(cause.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(cause.predictions()).hasSize(2);
    assertThat(cause.predictions().get(1).holds()).isTrue();
  }

  @Test
  void networksWithoutCommonSeedsDecideNothing() {
    StudiedNetwork resnet = SimulatedStudies.network("resnet50", 6, .5, .3);
    StudiedNetwork bagnet = SimulatedStudies.network("bagnet33", 6, .9, .8);
    for (long seed = 1; seed <= 2; seed++) {
      resnet.bySeed().remove(seed);
      bagnet.bySeed().remove(seed + 4);
    }
    Claim claim = claim(judged(resnet, bagnet), "bagnet33-beats-resnet50");
    assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim.toDecide()).containsExactly("BagNet-33 and ResNet-50 with the same 4 seeds");
  }

  /** However clear they are: the permutations of their runs are too few. */
  @Test
  void threeSeedsDecideNothing() {
    Map<String, Claim> claims =
        judged(
            SimulatedStudies.network("resnet50", 3, .3, .1),
            SimulatedStudies.network("bagnet33", 3, .9, .8));
    Claim claim = claim(claims, "bagnet33-beats-resnet50");
    assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim.predictions().get(0).adjusted()).contains(.1);
    assertThat(claim.toDecide())
        .containsExactly("BagNet-33 with 4 seeds in all", "ResNet-50 with 4 seeds in all");
    assertThat(claim.evidence()).contains("above, ", "n = 3 seeds (", "too few for an interval");
    assertThat(claim.seedsToDecide()).isEmpty();
  }

  /** What would be the best of seven is contradicted by each of six, but supported only by all. */
  @Test
  void predictionsAreCorrectedForWhatWouldDecideTheClaim() {
    Claim best = claim(judged(all(5)), "cbam-resnet50-is-best");
    assertThat(best.predictions()).hasSize(6);
    for (ClaimPrediction prediction : best.predictions()) {
      int tests = prediction.difference().difference() > 0 ? 1 : 6;
      assertThat(prediction.adjusted())
          .contains(Math.min(1, tests * prediction.difference().p().orElseThrow()));
      // By itself the upper end is corrected for no others.
      assertThat(prediction.high().orElseThrow())
          .isGreaterThan(prediction.difference().high().orElseThrow());
      assertThat(prediction.low()).isEqualTo(prediction.difference().low());
    }
    Claim any =
        claim(
            judged(
                SimulatedStudies.network("resnet50", 5, .3, .2),
                SimulatedStudies.network("resnet50_v15", 5, .9, .8)),
            "one-step-improves");
    // Ten times 2 / 252: five seeds cannot tell one of ten.
    assertThat(any.predictions().get(0).adjusted().orElseThrow()).isEqualTo(20 / 252.0);
    assertThat(any.predictions().get(0).low()).isEmpty();
    assertThat(any.verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  private static StudiedNetwork[] all(int seeds) {
    return PUBLISHED.table1().stream()
        .map(row -> SimulatedStudies.network(row.architecture(), seeds, .8, .5))
        .toArray(StudiedNetwork[]::new);
  }

  /** The other networks are asked only if BagNet-33 itself loses little. */
  @Test
  void whatTheOthersLoseDecidesNothingWhereBagNetLosesMuch() {
    Claim lost =
        claim(
            judged(
                SimulatedStudies.network("resnet50", 5, .9, .85),
                SimulatedStudies.network("densenet121", 5, .9, .85),
                SimulatedStudies.network("densenet169", 5, .9, .85),
                SimulatedStudies.network("cbam_resnet50", 5, .9, .85),
                SimulatedStudies.network("bagnet33", 5, .9, .5)),
            "bagnet33-survives-scrambling");
    assertThat(lost.predictions().stream().skip(1)).allMatch(ClaimPrediction::fails);
    // Of five seeds, two of 32 signs are as extreme.
    assertThat(lost.predictions().get(0).adjusted()).contains(2 / 32.0);
    assertThat(lost.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(lost.toDecide()).contains("BagNet-33 with 6 seeds in all");
  }

  @Test
  void anUndecidedClaimSaysHowManySeedsWouldDecideIt() {
    Claim claim =
        claim(
            judged(
                SimulatedStudies.network("resnet50", 4, .8, .5),
                SimulatedStudies.network("bagnet33", 4, .812, .5)),
            "bagnet33-beats-resnet50");
    assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
    ClaimPrediction only = claim.predictions().get(0);
    assertThat(claim.seedsToDecide()).isEqualTo(only.seedsToHold().or(only::seedsToFail));
    assertThat(claim.certainty())
        .containsPattern("(\\d+ seeds|not even a hundred seeds).* would decide it");
    assertThat(claim.evidence()).endsWith(claim.certainty());
  }

  @Test
  void verdictsSayHowOftenTheyAreWrong() {
    Claim claim = claim(judged(all(6)), "accuracy-grows-with-receptive-field");
    assertThat(claim.seeds()).contains(6);
    assertThat(claim.errorRate().orElseThrow()).isBetween(.005, .06);
    assertThat(claim.certainty())
        .contains("In simulations over 6 seeds of networks at the boundary of a claim, at most ");
  }

  /** As with four seeds, whose permutations are too few for the other end. */
  @Test
  void anIntervalWithOneEndIsSaidInWords() {
    PairedDifference margin =
        PairedDifference.ofOne(
            List.of(Map.of("a", .06), Map.of("a", .05), Map.of("a", .07), Map.of("a", .08)));
    assertThat(
            ReportClaims.loss(
                "It costs", .05, margin, Optional.of(new Interval(.02, Double.POSITIVE_INFINITY))))
        .startsWith("It costs -1.5 points, 95 % at most 3.0, n = 4 seeds, 1 images.");
    assertThat(
            ReportClaims.loss(
                "It costs", .05, margin, Optional.of(new Interval(Double.NEGATIVE_INFINITY, .02))))
        .contains(", 95 % at least 3.0, n");
    assertThat(ReportClaims.loss("It costs", .05, margin, Optional.of(new Interval(.02, .1))))
        .contains(", 95 % -5.0 to 3.0, n");
  }
}
