package org.bagnetlab.server.results.reproduction;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.results.list.RunReport;
import org.bagnetlab.storage.result.ResultRow;

/**
 * The differences of two runs.
 *
 * @param settings settings in which they differ
 * @param provenance parts of their provenance in which they differ
 * @param numbers comparison of the numbers that they measured
 * @param sameWeights whether all weights of their networks are equal; absent if either has none, or
 *     its file is gone
 */
public record RunDifference(
    List<DifferingFact> settings,
    List<DifferingFact> provenance,
    NumberDifferences numbers,
    Optional<Boolean> sameWeights) {

  /**
   * A run that is compared.
   *
   * @param results the numbers that it measured
   */
  public record Side(RunReport run, List<ResultRow> results) {}

  /** Compares two runs. */
  public static RunDifference of(Side a, Side b, Optional<Boolean> sameWeights) {
    return new RunDifference(
        DifferingFact.between(json(a.run().spec()), json(b.run().spec())),
        DifferingFact.between(json(a.run().provenance()), json(b.run().provenance())),
        NumberDifferences.between(
            RunNumbers.of(a.run().history(), a.results()),
            RunNumbers.of(b.run().history(), b.results())),
        sameWeights);
  }

  private static JsonNode json(Object value) {
    return Json.MAPPER.valueToTree(value);
  }

  /** Whether all that was compared is the same, bit for bit. */
  @JsonProperty
  public boolean same() {
    return numbers.compared() > 0 && numbers.differing() == 0 && sameWeights.orElse(true);
  }

  /** What was found, in a sentence or two. */
  @JsonProperty
  public String sentence() {
    if (numbers.compared() == 0) {
      return "Neither run has measured anything.";
    }
    String weights =
        sameWeights
            .map(equal -> equal ? "all weights are the same" : "weights differ")
            .orElse("weights were not compared, since they are not stored for both");
    return numbers.differing() == 0
        ? "All %d numbers are the same, bit for bit; %s.".formatted(numbers.compared(), weights)
        : "%s; %s.".formatted(numbers.text(), weights);
  }
}
