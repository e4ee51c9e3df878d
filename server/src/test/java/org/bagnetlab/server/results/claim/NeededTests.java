package org.bagnetlab.server.results.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.server.results.claim.ClaimPrediction.Correction;
import org.bagnetlab.server.statistics.PairedDifference;
import org.junit.jupiter.api.Test;

/** What predictions say of claims that need all, the first and then all, or any of them. */
class NeededTests {

  private static final Optional<ClaimPrediction> UNMEASURED = Optional.empty();

  /** Above zero, below it, or neither, over six seeds whose differences are these. */
  private static Optional<ClaimPrediction> prediction(Needed needed, int number, double... bySeed) {
    List<Map<String, Double>> seeds =
        Arrays.stream(bySeed).mapToObj(each -> Map.of("a", each, "b", each, "c", each)).toList();
    return Optional.of(
        ClaimPrediction.of(
            "",
            PairedDifference.ofOne(seeds),
            needed.correction(number, 2),
            (difference, interval) -> ""));
  }

  private static Optional<ClaimPrediction> holds(Needed needed, int number) {
    return prediction(needed, number, 30, 31, 32, 33, 34, 35, 36, 37);
  }

  private static Optional<ClaimPrediction> fails(Needed needed, int number) {
    return prediction(needed, number, -30, -31, -32, -33, -34, -35, -36, -37);
  }

  private static Optional<ClaimPrediction> open(Needed needed, int number) {
    return prediction(needed, number, 3, 1, 4, 1, -5, 9, 2, -6);
  }

  private static Verdict verdict(Needed needed, Stream<Optional<ClaimPrediction>> predictions) {
    return Verdict.of(needed, predictions.toList());
  }

  @Test
  void allMustHoldAndAnyContradicts() {
    Needed all = Needed.ALL;
    assertThat(all.correction(1, 6)).isEqualTo(new Correction(1, 6));
    assertThat(verdict(all, Stream.of(holds(all, 0), holds(all, 1)))).isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict(all, Stream.of(holds(all, 0), open(all, 1)))).isEqualTo(Verdict.UNDECIDED);
    assertThat(verdict(all, Stream.of(holds(all, 0), UNMEASURED))).isEqualTo(Verdict.UNDECIDED);
    assertThat(verdict(all, Stream.of(open(all, 0), fails(all, 1))))
        .isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(all, Stream.of(UNMEASURED, fails(all, 1)))).isEqualTo(Verdict.CONTRADICTED);
  }

  @Test
  void theOthersCountOnlyOnceTheFirstHolds() {
    Needed first = Needed.FIRST_THEN_OTHERS;
    assertThat(first.correction(0, 5)).isEqualTo(new Correction(1, 1));
    assertThat(first.correction(1, 5)).isEqualTo(new Correction(1, 4));
    assertThat(verdict(first, Stream.of(fails(first, 0), UNMEASURED)))
        .isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(first, Stream.of(open(first, 0), fails(first, 1))))
        .isEqualTo(Verdict.UNDECIDED);
    assertThat(verdict(first, Stream.of(UNMEASURED, fails(first, 1)))).isEqualTo(Verdict.UNDECIDED);
    assertThat(verdict(first, Stream.of(holds(first, 0), fails(first, 1))))
        .isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(first, Stream.of(holds(first, 0), holds(first, 1))))
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void anyIsEnoughAndAllContradict() {
    Needed any = Needed.ANY;
    assertThat(any.correction(1, 10)).isEqualTo(new Correction(10, 1));
    assertThat(verdict(any, Stream.of(UNMEASURED, holds(any, 1)))).isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict(any, Stream.of(fails(any, 0), fails(any, 1))))
        .isEqualTo(Verdict.CONTRADICTED);
    assertThat(verdict(any, Stream.of(fails(any, 0), UNMEASURED))).isEqualTo(Verdict.UNDECIDED);
    assertThat(verdict(any, Stream.of(fails(any, 0), open(any, 1)))).isEqualTo(Verdict.UNDECIDED);
  }

  /** Of one network, six of one sign have p = 2 / 64, seven 2 / 128, eight 2 / 256. */
  @Test
  void theSeedsThatDecideAreTheFewestOfAllWays() {
    Needed all = Needed.ALL;
    Optional<ClaimPrediction> slow = prediction(all, 0, 30, 31, 32, 33);
    Optional<ClaimPrediction> clear = prediction(all, 1, 30, 31, 32, 33);
    assertThat(all.seedsToDecide(List.of(slow, clear))).contains(6);
    assertThat(all.seedsToDecide(List.of(slow, UNMEASURED))).isEmpty();
    Optional<ClaimPrediction> against = prediction(all, 1, -30, -31, -32, -33);
    // To contradict it takes half the level.
    assertThat(all.seedsToContradict(List.of(slow, against))).contains(7);
    assertThat(all.seedsToSupport(List.of(slow, against))).isEmpty();
    Needed first = Needed.FIRST_THEN_OTHERS;
    Optional<ClaimPrediction> begins = prediction(first, 0, 30, 31, 32, 33);
    Optional<ClaimPrediction> denies = prediction(first, 1, -30, -31, -32, -33);
    assertThat(first.seedsToContradict(List.of(begins, denies))).contains(6);
    assertThat(first.seedsToContradict(List.of(UNMEASURED, denies))).isEmpty();
    Needed any = Needed.ANY;
    assertThat(any.seedsToSupport(List.of(prediction(any, 0, 30, 31, 32, 33), UNMEASURED)))
        .contains(7);
    assertThat(any.seedsToContradict(List.of(prediction(any, 0, -30, -31, -32, -33), UNMEASURED)))
        .isEmpty();
  }
}
