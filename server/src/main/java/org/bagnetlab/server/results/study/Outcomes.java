package org.bagnetlab.server.results.study;

import java.util.Map;

/**
 * What a run's network made of its test images: 1 for an image that it recognised and 0 for one
 * that it did not, by the image's path.
 *
 * @param run the training
 * @param test of the images as they are
 * @param scrambled of the same images, their tiles rearranged: a mean over the permutations that
 *     were measured
 */
public record Outcomes(long run, Map<String, Double> test, Map<String, Double> scrambled) {

  /** The same under other permutations. */
  Outcomes scrambledAs(Map<String, Double> other) {
    return new Outcomes(run, test, other);
  }
}
