package org.bagnetlab.server.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a message, for programs.
 *
 * @param since begin of what it is about
 * @param finished number of jobs that succeeded
 * @param failed the causes of failures, the most frequent first
 * @param best the best run of each network on each data set
 */
public record MessageNumbers(Instant since, long finished, List<Failed> failed, List<Best> best) {

  /**
   * A cause of failures.
   *
   * @param cause the cause, one line
   * @param jobs number of jobs that failed for it
   */
  public record Failed(String cause, long jobs) {}

  /**
   * The best run of a network.
   *
   * @param run id of the run
   * @param test its accuracy on test images
   * @param before test accuracy of the best run before; empty if there was none
   */
  public record Best(
      String architecture,
      Optional<String> dataset,
      long run,
      double test,
      Optional<Double> before) {}
}
