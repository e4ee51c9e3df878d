package org.bagnetlab.server.results.study;

import java.util.Map;

/**
 * Which test images the network of a run classified correctly: 1 if it did and 0 if not, by path of
 * the image.
 *
 * @param run the training
 * @param test outcomes on unscrambled images
 * @param scrambled outcomes on the same images scrambled: the mean over the measured permutations
 */
public record Outcomes(long run, Map<String, Double> test, Map<String, Double> scrambled) {

  /** These outcomes with those on scrambled images replaced. */
  Outcomes scrambledAs(Map<String, Double> other) {
    return new Outcomes(run, test, other);
  }
}
