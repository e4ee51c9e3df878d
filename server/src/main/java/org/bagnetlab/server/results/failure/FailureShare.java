package org.bagnetlab.server.results.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bagnetlab.experiment.parameter.Parameter;

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

  private double fraction() {
    return (double) failed / of;
  }

  /**
   * The values with which at least half of the jobs failed, and at least twice as often as jobs
   * with other values.
   *
   * @param failed the jobs that failed for the cause
   * @param ended all jobs of the same experiment that ended, with these
   */
  static List<FailureShare> of(ValueCounts failed, ValueCounts ended) {
    List<FailureShare> found = new ArrayList<>();
    for (Parameter<?> parameter : failed.byParameter().keySet()) {
      failed
          .of(parameter)
          .forEach(
              (value, number) -> {
                int all = ended.of(parameter).getOrDefault(value, number);
                FailureShare share = share(parameter, value, number, all);
                FailureShare others =
                    share(
                        parameter,
                        value,
                        failed.sum(parameter) - number,
                        ended.sum(parameter) - all);
                if (share.stands(others)) {
                  found.add(share);
                }
              });
    }
    found.sort(
        Comparator.comparingDouble(FailureShare::fraction)
            .thenComparingInt(FailureShare::failed)
            .reversed());
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  private static FailureShare share(Parameter<?> parameter, JsonNode value, int failed, int of) {
    return new FailureShare(parameter.name(), parameter.label(), value, failed, of);
  }

  /** Whether it is worth telling, compared with jobs that have other values. */
  private boolean stands(FailureShare others) {
    return failed >= FEWEST
        && fraction() >= SMALLEST
        && others.of() > 0
        && fraction() >= MORE_OFTEN * others.fraction();
  }
}
