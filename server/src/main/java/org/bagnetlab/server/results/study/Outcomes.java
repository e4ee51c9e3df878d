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
 * @param permutations how many of them there are; 0 if no scrambled image was measured
 * @param scrambledAgain whether an experiment measured them; otherwise the only one is the
 *     training's
 */
public record Outcomes(
    long run,
    Map<String, Double> test,
    Map<String, Double> scrambled,
    int permutations,
    boolean scrambledAgain) {

  /** The outcomes that a training measured itself. */
  static Outcomes ofTraining(long run, Map<String, Double> test, Map<String, Double> scrambled) {
    return new Outcomes(run, test, scrambled, scrambled.isEmpty() ? 0 : 1, false);
  }

  /** The outcomes on some of the images. */
  Outcomes on(Set<String> images) {
    return new Outcomes(
        run, some(test, images), some(scrambled, images), permutations, scrambledAgain);
  }

  private static Map<String, Double> some(Map<String, Double> outcomes, Set<String> images) {
    Map<String, Double> some = new LinkedHashMap<>(outcomes);
    some.keySet().retainAll(images);
    return some;
  }

  /** These outcomes without those on scrambled images. */
  Outcomes unscrambled() {
    return ofTraining(run, test, Map.of());
  }

  /** These outcomes with those on scrambled images replaced by an experiment's. */
  Outcomes scrambledAgain(Map<String, Double> other, int measured) {
    return new Outcomes(run, test, other, measured, true);
  }
}
