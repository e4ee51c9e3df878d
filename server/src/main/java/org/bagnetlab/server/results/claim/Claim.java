package org.bagnetlab.server.results.claim;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.results.missing.MissingJob;
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
 * @param planned number of predictions that the claim makes, tested or not; their intervals hold
 *     together
 * @param toDecide what must be run before the claim can be decided, in words
 * @param missing the jobs that would decide the claim, if differences and spread stay the same
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
    int planned,
    List<String> toDecide,
    List<MissingJob> missing,
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
   * What a claim lacks.
   *
   * @param words what must be run before it can be decided; empty if it can be
   * @param seeds number of seeds with which it can be decided
   * @param jobs returns the jobs after which its networks are measured for a number of seeds
   */
  record Lacking(List<String> words, int seeds, IntFunction<List<MissingJob>> jobs) {

    /** The most seeds for which jobs are suggested: more are better queued as a sweep. */
    private static final int MOST_SEEDS = 20;

    /** The jobs for an undecided claim. */
    List<MissingJob> missing(Verdict verdict, Optional<Integer> deciding) {
      int wanted = Math.max(seeds, deciding.orElse(0));
      return verdict == Verdict.UNDECIDED && wanted <= MOST_SEEDS ? jobs.apply(wanted) : List.of();
    }
  }

  /**
   * Decides the verdict on a claim.
   *
   * @param predictions all predictions of the claim, corrected for multiple testing; empty for a
   *     prediction that is not measured
   */
  static Claim judged(
      String id,
      String claim,
      Needed needed,
      List<Optional<ClaimPrediction>> predictions,
      Lacking lacking,
      Collection<Long> runs,
      Optional<Truth> truth) {
    List<ClaimPrediction> found = predictions.stream().flatMap(Optional::stream).toList();
    Verdict verdict = Verdict.of(needed, predictions);
    OptionalInt fewest = found.stream().mapToInt(ClaimPrediction::seeds).min();
    Optional<Integer> seeds =
        fewest.isPresent() ? Optional.of(fewest.getAsInt()) : Optional.empty();
    Optional<SimulatedErrors.Verdicts> errors =
        seeds
            .filter(any -> lacking.words().isEmpty())
            .flatMap(number -> SimulatedErrors.read().ofVerdict(id, number));
    boolean open = verdict == Verdict.UNDECIDED && lacking.words().isEmpty() && !found.isEmpty();
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
                    lacking.words().isEmpty()
                        ? ""
                        : "To decide it, run: %s.".formatted(String.join(", ", lacking.words()))))),
        needed,
        found,
        predictions.size(),
        lacking.words(),
        lacking.missing(verdict, deciding),
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
