package org.bagnetlab.server.results.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which test images the network of a run classified correctly: 1 if it did and 0 if not, by path of
 * the image.
 *
 * @param run the training
 * @param test outcomes on unscrambled images
 * @param scrambled outcomes on the same images scrambled: the mean over the measured permutations
 * @param permutations how many of them experiments measured; 0 if the only one is the training's
 */
public record Outcomes(
    long run, Map<String, Double> test, Map<String, Double> scrambled, int permutations) {

  /** The outcomes on some of the images. */
  Outcomes on(Set<String> images) {
    return new Outcomes(run, some(test, images), some(scrambled, images), permutations);
  }

  private static Map<String, Double> some(Map<String, Double> outcomes, Set<String> images) {
    Map<String, Double> some = new LinkedHashMap<>(outcomes);
    some.keySet().retainAll(images);
    return some;
  }

  /** These outcomes with those on scrambled images replaced. */
  Outcomes scrambledAs(Map<String, Double> other, int measured) {
    return new Outcomes(run, test, other, measured);
  }
}
