package org.bagnetlab.vision.heatmap;

import java.util.OptionalDouble;

/**
 * How much of the evidence for an image's class comes from <em>informative</em> patches: those that
 * distinguish the class from other classes. The evidence of a patch is its logit if the logit is
 * positive, otherwise 0. A map with evidence only at informative patches scores 1; a constant map,
 * or one in random order, scores at chance level.
 *
 * @param evidence share of the evidence that comes from informative patches; empty if no logit is
 *     positive, or if the map cannot be wrong
 * @param chance share of the patches that are informative
 * @param largest 1 if the largest logit is that of an informative patch, otherwise 0; if several
 *     logits are largest, the share of them at informative patches (the pointing game of Zhang et
 *     al., Top-down neural attention by excitation backprop, ECCV 2016, section 4.1); empty if the
 *     map cannot be wrong
 */
public record Localisation(OptionalDouble evidence, double chance, OptionalDouble largest) {

  /**
   * Compares a map with the ground truth. If all patches or no patches are informative, all maps
   * are equally good, and both shares are empty.
   *
   * @param logits logits of the image's class for any set of patches
   * @param informative whether each of these patches is informative
   */
  public static Localisation of(float[] logits, boolean[] informative) {
    if (logits.length != informative.length || logits.length == 0) {
      throw new IllegalArgumentException(
          "%d logits are not those of %d patches".formatted(logits.length, informative.length));
    }
    float maximum = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      maximum = Math.max(maximum, logit);
    }
    double evidence = 0;
    double informativeEvidence = 0;
    int patches = 0;
    int maxima = 0;
    int informativeMaxima = 0;
    for (int i = 0; i < logits.length; i++) {
      double positive = Math.max(0, logits[i]);
      evidence += positive;
      maxima += logits[i] == maximum ? 1 : 0;
      if (informative[i]) {
        informativeEvidence += positive;
        patches++;
        informativeMaxima += logits[i] == maximum ? 1 : 0;
      }
    }
    boolean canBeWrong = patches > 0 && patches < logits.length;
    return new Localisation(
        share(informativeEvidence, canBeWrong ? evidence : 0),
        (double) patches / logits.length,
        share(informativeMaxima, canBeWrong ? maxima : 0));
  }

  private static OptionalDouble share(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }
}
