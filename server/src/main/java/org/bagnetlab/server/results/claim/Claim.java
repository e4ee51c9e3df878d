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
 * A claim of the report, tested on the runs of a setting.
 *
 * @param id stable name
 * @param claim the claim as a statement
 * @param verdict the outcome of the tests
 * @param evidence the numbers, in sentences
 * @param needed which of the predictions must hold
 * @param predictions the tested predictions
 * @param missing what must be run before the claim can be decided
 * @param runs ids of the runs that the verdict is based on
 * @param seeds the smallest number of seeds of any prediction; absent if nothing was measured
 * @param errorRate upper bound on the share of wrong verdicts in simulated studies with this number
 *     of seeds; absent if measurements are missing
 * @param seedsToDecide number of seeds that would decide an undecided claim if differences and
 *     spread stay the same; absent if a hundred would not be enough, or if measurements are missing
 * @param certainty number of seeds, error rate and seeds to decide, in sentences
 * @param truth the true answer on this data set, if known
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

  /**
   * The smallest error rate shown, in percent: a thousand simulated studies cannot show that the
   * rate is zero.
   */
  private static final double SMALLEST_SHOWN = .3;

  /**
   * The true answer, known without measurements.
   *
   * @param verdict the verdict for networks that minimise cross-entropy exactly
   * @param reason why this is the answer
   */
  record Truth(Verdict verdict, String reason) {}

  /**
   * Decides the verdict on a claim.
   *
   * @param predictions all predictions of the claim, corrected for multiple testing; empty for a
   *     prediction that is not measured
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
        "In simulations over %d seeds of networks at the boundary of a claim, at most %.1f %% of verdicts are wrong.",
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
