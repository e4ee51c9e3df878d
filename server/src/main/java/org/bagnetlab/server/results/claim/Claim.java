package org.bagnetlab.server.results.claim;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.statistics.SimulatedErrors;

/**
 * A claim of the report, judged by the runs of a setting.
 *
 * @param id stable name
 * @param claim as a statement
 * @param verdict what the runs say
 * @param evidence the numbers, in sentences
 * @param needed which of the predictions must hold
 * @param predictions what was tested
 * @param missing what must be run before the claim can be decided
 * @param runs on which the verdict rests
 * @param seeds of the prediction that has the fewest; absent: nothing was measured
 * @param errorRate how often a verdict over so many seeds is wrong, at most, in simulated studies;
 *     absent if something is missing
 * @param seedsToDecide how many seeds would decide an undecided claim, if differences and spread
 *     stay as they are; absent: a hundred would not, or something is missing
 * @param certainty the three in sentences
 * @param truth what is known of it on this data set
 */
public record Claim(
    String id,
    String claim,
    Verdict verdict,
    String evidence,
    Needed needed,
    List<ClaimPrediction> predictions,
    List<String> missing,
    List<Long> runs,
    Optional<Integer> seeds,
    Optional<Double> errorRate,
    Optional<Integer> seedsToDecide,
    String certainty,
    Optional<Truth> truth) {

  /** In percent: none among a thousand studies is no proof that none can be. */
  private static final double SMALLEST_SHOWN = .3;

  /**
   * What is known without measuring.
   *
   * @param verdict that networks would give that minimise cross-entropy
   * @param reason why
   */
  record Truth(Verdict verdict, String reason) {}

  /**
   * Judges a claim.
   *
   * @param predictions all of the claim's, each corrected for the others; empty: not measured
   * @param missing what must be run before it can be decided
   */
  static Claim judged(
      String id,
      String claim,
      Needed needed,
      List<Optional<ClaimPrediction>> predictions,
      List<String> missing,
      Collection<Long> runs,
      Optional<Truth> truth) {
    List<ClaimPrediction> found = predictions.stream().flatMap(Optional::stream).toList();
    Verdict verdict = Verdict.of(needed, predictions);
    OptionalInt fewest = found.stream().mapToInt(ClaimPrediction::seeds).min();
    Optional<Integer> seeds =
        fewest.isPresent() ? Optional.of(fewest.getAsInt()) : Optional.empty();
    Optional<SimulatedErrors.Verdicts> errors =
        seeds
            .filter(any -> missing.isEmpty())
            .flatMap(number -> SimulatedErrors.read().ofVerdict(id, number));
    boolean open = verdict == Verdict.UNDECIDED && missing.isEmpty() && !found.isEmpty();
    Optional<Integer> deciding = open ? needed.seedsToDecide(predictions) : Optional.empty();
    String certainty =
        sentences(Stream.of(errors.map(Claim::errors).orElse(""), open ? outlook(deciding) : ""));
    return new Claim(
        id,
        claim,
        verdict,
        sentences(
            Stream.concat(
                found.stream().map(ClaimPrediction::sentence),
                Stream.of(
                    certainty,
                    missing.isEmpty()
                        ? ""
                        : "To decide it, run: %s.".formatted(String.join(", ", missing))))),
        needed,
        found,
        missing,
        runs.stream().distinct().sorted().toList(),
        seeds,
        errors.map(SimulatedErrors.Verdicts::rate),
        deciding,
        certainty,
        truth);
  }

  private static String errors(SimulatedErrors.Verdicts wrong) {
    return String.format(
        Locale.ROOT,
        "In simulations over %d seeds of networks that are distributed alike, at most %.1f %% of verdicts are wrong.",
        wrong.seeds(),
        Math.max(SMALLEST_SHOWN, 100 * wrong.rate()));
  }

  private static String outlook(Optional<Integer> seeds) {
    return seeds
        .map(
            "At these differences and this spread between seeds, %d seeds would decide it."
                ::formatted)
        .orElse(
            "At these differences and this spread, not even a hundred seeds on as many images would decide it.");
  }

  private static String sentences(Stream<String> all) {
    return all.filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining(" "));
  }
}
