package org.bagnetlab.server.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bagnetlab.vision.dataset.Controlled15;
import org.junit.jupiter.api.Test;

class ReportClaimsTests {

  private static final Published PUBLISHED = Published.read();
  private static final Networks NETWORKS = new Networks(PUBLISHED);

  private static Map<String, Claim> judged(StudiedNetwork... networks) {
    List<Claim> claims =
        ReportClaims.of(SimulatedRuns.study(networks), Evidence.none(), PUBLISHED, NETWORKS);
    assertThat(claims).hasSize(6);
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
    Map<String, Claim> claims =
        judged(
            SimulatedRuns.network("resnet50", 3, .998, .5),
            SimulatedRuns.network("densenet121", 3, .998, .5),
            SimulatedRuns.network("densenet169", 3, .998, .5),
            SimulatedRuns.network("cbam_resnet50", 3, .998, .5),
            SimulatedRuns.network("bagnet9", 3, Controlled15.linearBagLimit(9), .3),
            SimulatedRuns.network("bagnet17", 3, Controlled15.linearBagLimit(17), .3),
            SimulatedRuns.network("bagnet33", 3, Controlled15.linearBagLimit(33), .3));
    int known = 0;
    for (Claim claim : claims.values()) {
      if (claim.truth().isPresent()) {
        assertThat(claim.verdict()).as(claim.id()).isEqualTo(claim.truth().get().verdict());
        known++;
      }
    }
    assertThat(known).isEqualTo(3);
    assertThat(verdict(claims, "bagnet33-survives-scrambling")).isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(claims, "one-step-improves")).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim(claims, "accuracy-grows-with-receptive-field").runs()).hasSize(9);
  }

  /** Networks as the report found them. */
  @Test
  void theReportsOwnNumbersSupportWhatTheyAreFarApartIn() {
    Map<String, Claim> claims =
        judged(
            SimulatedRuns.network("resnet50", 3, .907, .50),
            SimulatedRuns.network("densenet121", 3, .918, .57),
            SimulatedRuns.network("densenet169", 3, .922, .58),
            SimulatedRuns.network("cbam_resnet50", 3, .934, .73),
            SimulatedRuns.network("bagnet9", 3, .84, .8),
            SimulatedRuns.network("bagnet17", 3, .905, .87),
            SimulatedRuns.network("bagnet33", 3, .925, .90));
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
            SimulatedRuns.network("resnet50", 1, .998, .5),
            SimulatedRuns.network("bagnet9", 1, .4, .3),
            SimulatedRuns.network("bagnet17", 1, .7, .3),
            SimulatedRuns.network("bagnet33", 1, .9, .3));
    assertThat(claims.values())
        .allSatisfy(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED));
    assertThat(claim(claims, "accuracy-grows-with-receptive-field").evidence())
        .contains("To decide it, run: BagNet-17 with 3 seeds, BagNet-9 with 3 seeds");
  }

  @Test
  void aClaimWithoutOneOfItsNetworksCanFailButNotHold() {
    Map<String, Claim> claims =
        judged(
            SimulatedRuns.network("cbam_resnet50", 3, .8, .5),
            SimulatedRuns.network("bagnet9", 3, .4, .3),
            SimulatedRuns.network("bagnet33", 3, .95, .9));
    assertThat(verdict(claims, "cbam-resnet50-is-best")).isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(claims, "accuracy-grows-with-receptive-field")).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim(claims, "cbam-resnet50-is-best").missing()).contains("ResNet-50 with 3 seeds");
  }

  @Test
  void oneStepFromResNetToBagNetIsEnough() {
    Map<String, Claim> claims =
        judged(
            SimulatedRuns.network("resnet50", 3, .8, .5),
            SimulatedRuns.network("resnet50_v15", 3, .8, .5),
            SimulatedRuns.network("resnet50_no_max_pool", 3, .9, .5));
    Claim cause = claim(claims, "one-step-improves");
    assertThat(cause.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(cause.predictions()).hasSize(2);
    assertThat(cause.predictions().get(1).holds()).isTrue();
  }

  @Test
  void networksWithoutCommonSeedsDecideNothing() {
    StudiedNetwork resnet = SimulatedRuns.network("resnet50", 6, .5, .3);
    StudiedNetwork bagnet = SimulatedRuns.network("bagnet33", 6, .9, .8);
    for (long seed = 1; seed <= 3; seed++) {
      resnet.bySeed().remove(seed);
      bagnet.bySeed().remove(seed + 3);
    }
    Claim claim = claim(judged(resnet, bagnet), "bagnet33-beats-resnet50");
    assertThat(claim.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim.missing()).containsExactly("BagNet-33 and ResNet-50 with the same 3 seeds");
  }
}
