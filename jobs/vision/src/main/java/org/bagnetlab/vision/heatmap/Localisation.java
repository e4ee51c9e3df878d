package org.bagnetlab.vision.heatmap;

import java.util.OptionalDouble;

/**
 * How much of the evidence for an image's class comes from <em>informative</em> patches: those that
 * distinguish the class from others. The evidence of a patch is its logit if that is positive. A
 * map with evidence only at informative patches scores 1; a constant map, or one in random order,
 * scores as much as chance.
 *
 * @param evidence share of the evidence from informative patches; empty: no logit is positive, or
 *     the map cannot be wrong
 * @param chance share of the patches that are informative
 * @param largest 1 if the largest logit is that of an informative patch, otherwise 0; if several
 *     are largest, the share that are (the pointing game of Zhang et al., Top-down neural attention
 *     by excitation backprop, ECCV 2016, section 4.1); empty: the map cannot be wrong
 */
public record Localisation(OptionalDouble evidence, double chance, OptionalDouble largest) {

  /**
   * Compares a map with the truth. If all patches are informative, or none, all maps are equally
   * good, and there are no shares.
   *
   * @param logits logits of the image's class, for any patches
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
