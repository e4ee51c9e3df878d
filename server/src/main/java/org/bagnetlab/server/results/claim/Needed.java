package org.bagnetlab.server.results.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bagnetlab.server.results.claim.ClaimPrediction.Correction;

/**
 * Which predictions must hold for a claim. This also determines the number of tests for which each
 * prediction is corrected, so that a verdict is wrong in at most 5 % of studies. A claim that needs
 * all predictions is supported only if all of them hold, so each is tested at the full level
 * (Berger 1982). But any one of them can contradict the claim.
 */
enum Needed {
  /** All must hold; the claim is contradicted if one fails. */
  @JsonProperty("all")
  ALL,
  /**
   * All must hold, but the others are tested, and can contradict the claim, only if the first
   * holds.
   */
  @JsonProperty("first-then-others")
  FIRST_THEN_OTHERS,
  /** One must hold; the claim is contradicted if all fail. */
  @JsonProperty("any")
  ANY;

  /**
   * The number of tests for which a prediction is corrected.
   *
   * @param number index of the prediction, from 0
   * @param predictions number of predictions that the claim makes, measured or not
   */
  Correction correction(int number, int predictions) {
    return switch (this) {
      case ALL -> new Correction(1, predictions);
      case FIRST_THEN_OTHERS -> new Correction(1, number == 0 ? 1 : predictions - 1);
      case ANY -> new Correction(predictions, 1);
    };
  }

  /**
   * Whether the predictions support the claim.
   *
   * @param predictions all predictions of the claim; empty for a prediction that is not measured
   */
  boolean supported(List<Optional<ClaimPrediction>> predictions) {
    return this == ANY
        ? any(predictions, ClaimPrediction::holds)
        : all(predictions, ClaimPrediction::holds);
  }

  /** Whether the predictions contradict the claim. */
  boolean contradicted(List<Optional<ClaimPrediction>> predictions) {
    Optional<ClaimPrediction> first = first(predictions);
    return switch (this) {
      case ALL -> any(predictions, ClaimPrediction::fails);
      case FIRST_THEN_OTHERS ->
          first.filter(ClaimPrediction::fails).isPresent()
              || (first.filter(ClaimPrediction::holds).isPresent()
                  && any(predictions, ClaimPrediction::fails));
      case ANY -> all(predictions, ClaimPrediction::fails);
    };
  }

  /**
   * The number of seeds that would support the claim, if means and spread stay the same. Empty if
   * no number would.
   */
  Optional<Integer> seedsToSupport(List<Optional<ClaimPrediction>> predictions) {
    return this == ANY
        ? fewest(predictions, ClaimPrediction::seedsToHold)
        : most(predictions, ClaimPrediction::seedsToHold);
  }

  /** The number of seeds that would contradict the claim. Empty if no number would. */
  Optional<Integer> seedsToContradict(List<Optional<ClaimPrediction>> predictions) {
    Optional<Integer> ofAny = fewest(predictions, ClaimPrediction::seedsToFail);
    Optional<ClaimPrediction> first = first(predictions);
    return switch (this) {
      case ALL -> ofAny;
      case FIRST_THEN_OTHERS ->
          first
              .flatMap(ClaimPrediction::seedsToFail)
              .or(
                  () ->
                      first
                          .flatMap(ClaimPrediction::seedsToHold)
                          .flatMap(seeds -> ofAny.map(others -> Math.max(seeds, others))));
      case ANY -> most(predictions, ClaimPrediction::seedsToFail);
    };
  }

  private static Optional<ClaimPrediction> first(List<Optional<ClaimPrediction>> predictions) {
    return predictions.isEmpty() ? Optional.empty() : predictions.getFirst();
  }

  /** The number of seeds that would decide the claim. */
  Optional<Integer> seedsToDecide(List<Optional<ClaimPrediction>> predictions) {
    return Stream.of(seedsToSupport(predictions), seedsToContradict(predictions))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static boolean any(
      List<Optional<ClaimPrediction>> predictions, Predicate<ClaimPrediction> condition) {
    return predictions.stream().anyMatch(each -> each.filter(condition).isPresent());
  }

  private static boolean all(
      List<Optional<ClaimPrediction>> predictions, Predicate<ClaimPrediction> condition) {
    return predictions.stream().allMatch(each -> each.filter(condition).isPresent());
  }

  private static Optional<Integer> fewest(
      List<Optional<ClaimPrediction>> predictions,
      Function<ClaimPrediction, Optional<Integer>> seeds) {
    return predictions.stream()
        .flatMap(each -> each.flatMap(seeds).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<Integer> most(
      List<Optional<ClaimPrediction>> predictions,
      Function<ClaimPrediction, Optional<Integer>> seeds) {
    return predictions.stream().allMatch(each -> each.flatMap(seeds).isPresent())
        ? predictions.stream()
            .flatMap(each -> each.flatMap(seeds).stream())
            .max(Comparator.naturalOrder())
        : Optional.empty();
  }
}
