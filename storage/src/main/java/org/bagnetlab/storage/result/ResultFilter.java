package org.bagnetlab.storage.result;

import java.util.Optional;

/**
 * Selects results; an empty field matches everything.
 *
 * @param experiment that measured them
 * @param output of it
 * @param metric their metric
 * @param set of images
 * @param dataset of the run that they belong to
 * @param run that they belong to
 */
public record ResultFilter(
    Optional<String> experiment,
    Optional<String> output,
    Optional<String> metric,
    Optional<String> set,
    Optional<String> dataset,
    Optional<Long> run) {

  /** Matches all values of an output, of runs on one data set or on all. */
  public static ResultFilter of(String output, String metric, Optional<String> dataset) {
    return new ResultFilter(
        Optional.empty(),
        Optional.of(output),
        Optional.of(metric),
        Optional.empty(),
        dataset,
        Optional.empty());
  }

  /** Matches all results of a run. */
  public static ResultFilter about(long run) {
    return new ResultFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(run));
  }
}
