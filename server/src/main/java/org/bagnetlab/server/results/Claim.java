package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.statistics.Holm;

/**
 * A claim of the report, judged by the runs of a setting.
 *
 * @param id stable name
 * @param claim as a statement
 * @param verdict what the runs say
 * @param evidence the numbers, in sentences
 * @param needed how many of the predictions must hold
 * @param predictions what was tested
 * @param missing what must be run before the claim can be decided
 * @param runs on which the verdict rests
 * @param truth what is known of it on this data set
 */
record Claim(
    String id,
    String claim,
    Verdict verdict,
    String evidence,
    Needed needed,
    List<Prediction> predictions,
    List<String> missing,
    List<Long> runs,
    Optional<Truth> truth) {

  /** How many predictions must hold. */
  enum Needed {
    /** Each; the claim is contradicted if one fails. */
    @JsonProperty("all")
    ALL,
    /** One is enough. */
    @JsonProperty("any")
    ANY
  }

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
   * @param predictions their p-values are corrected together here
   * @param missing what must be run before it can be decided; nothing must be missing to support it
   */
  static Claim judged(
      String id,
      String claim,
      Needed needed,
      List<Prediction> predictions,
      List<String> missing,
      Collection<Long> runs,
      Optional<Truth> truth) {
    List<Prediction> tested = Holm.correct(predictions, Prediction::testedP, Prediction::adjusted);
    Verdict verdict =
        switch (needed) {
          case ALL ->
              tested.stream().anyMatch(Prediction::fails)
                  ? Verdict.CONTRADICTED
                  : missing.isEmpty()
                          && !tested.isEmpty()
                          && tested.stream().allMatch(Prediction::holds)
                      ? Verdict.SUPPORTED
                      : Verdict.UNDECIDED;
          case ANY ->
              tested.stream().anyMatch(Prediction::holds)
                  ? Verdict.SUPPORTED
                  : missing.isEmpty()
                          && !tested.isEmpty()
                          && tested.stream().allMatch(Prediction::fails)
                      ? Verdict.CONTRADICTED
                      : Verdict.UNDECIDED;
        };
    return new Claim(
        id,
        claim,
        verdict,
        evidence(tested, missing),
        needed,
        tested,
        missing,
        runs.stream().distinct().sorted().toList(),
        truth);
  }

  private static String evidence(List<Prediction> predictions, List<String> missing) {
    String toRun =
        missing.isEmpty() ? "" : "To decide it, run: %s.".formatted(String.join(", ", missing));
    return Stream.concat(predictions.stream().map(Prediction::sentence), Stream.of(toRun))
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
