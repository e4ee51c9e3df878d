package org.bagnetlab.server.results.failure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.request.Decimal;

/**
 * How many jobs with a value of a parameter failed for a cause: 11 of 12 with batch size 512. It
 * describes the jobs of this lab and tests nothing: settings that were varied together have the
 * same numbers.
 *
 * @param parameter name of the parameter
 * @param label its label
 * @param value the value as in a request
 * @param failed number of jobs with the value that failed for the cause
 * @param of number of jobs with the value that ended, for whatever cause or with success
 */
public record FailureShare(String parameter, String label, JsonNode value, int failed, int of) {

  /** Fewest failures that are a pattern. */
  private static final int FEWEST = 2;

  /** Smallest share of failures that is worth a warning. */
  private static final double SMALLEST = 0.5;

  /** How much more often jobs with the value must fail than jobs with other values. */
  private static final double MORE_OFTEN = 2;

  /** Maximum number of values. */
  private static final int MOST = 3;

  /**
   * The values with which at least half of the jobs failed, and at least twice as often as jobs
   * with other values. Values that follow from another one, such as the optimiser that a recipe
   * sets, are left out; those of parameters that were varied come first.
   *
   * @param failed the jobs that failed for the cause
   * @param around the jobs that ended in the same sweeps
   * @param ended all jobs of the same experiment that ended, with these
   */
  static List<FailureShare> of(JobsByValue failed, JobsByValue around, JobsByValue ended) {
    List<SharedValue> found = new ArrayList<>();
    for (Parameter<?> parameter : failed.byParameter().keySet()) {
      for (JsonNode value : failed.of(parameter).keySet()) {
        int number = failed.with(parameter, value).size();
        int all = Math.max(number, ended.with(parameter, value).size());
        SharedValue shared = new SharedValue(parameter, value, number, all);
        SharedValue others =
            new SharedValue(
                parameter, value, failed.sum(parameter) - number, ended.sum(parameter) - all);
        if (stands(shared, others)) {
          found.add(shared);
        }
      }
    }
    return found.stream()
        .filter(one -> found.stream().noneMatch(other -> one.followsFrom(other, failed, ended)))
        .sorted(
            Comparator.comparing((SharedValue shared) -> around.differIn(shared.parameter()))
                .thenComparingDouble(SharedValue::fraction)
                .thenComparingInt(SharedValue::failed)
                .reversed())
        .limit(MOST)
        .map(SharedValue::share)
        .toList();
  }

  /** For example: 11 of 12 with batch size 512. */
  @JsonProperty
  public String text() {
    return "%d of %d with %s %s".formatted(failed, of, withinSentence(label), words(value));
  }

  /** A label such as "Batch size"; names such as "L1" and "CutMix" keep their capitals. */
  private static String withinSentence(String label) {
    return label.matches("\\p{Lu}\\p{Ll}[^\\p{Lu}]*")
        ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1)
        : label;
  }

  private static String words(JsonNode value) {
    if (value.isDouble()) {
      return Decimal.plain(value.asDouble());
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** Whether a job has this value of its parameter. */
  boolean isOf(Parameter<?> of, Settings job) {
    return job.request(of).filter(value::equals).isPresent();
  }

  /** Whether a value is worth telling, compared with jobs that have other values. */
  private static boolean stands(SharedValue shared, SharedValue others) {
    return shared.failed() >= FEWEST
        && shared.fraction() >= SMALLEST
        && others.of() > 0
        && shared.fraction() >= MORE_OFTEN * others.fraction();
  }
}
