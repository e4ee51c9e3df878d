package org.bagnetlab.server.results.study;

import java.util.Map;

/**
 * Which test images a run's network recognised: 1 if it did and 0 if not, by the image's path.
 *
 * @param run the training
 * @param test outcomes on unscrambled images
 * @param scrambled outcomes on the same images scrambled: the mean over the measured permutations
 */
public record Outcomes(long run, Map<String, Double> test, Map<String, Double> scrambled) {

  /** The same outcomes with other ones on scrambled images. */
  Outcomes scrambledAs(Map<String, Double> other) {
    return new Outcomes(run, test, other);
  }
}
