package org.bagnetlab.vision.localisation;

import java.util.OptionalDouble;

/**
 * How much of the evidence for an image's class lies where the marks of the class are. The evidence
 * of a patch is its logit where it is positive, and lies <em>at the patch's centre</em>: it is not
 * spread over the patch. So of a map whose only evidence is at marks all lies within marks, however
 * large the patches are, and of a map that is the same everywhere as much as chance has it.
 *
 * @param within share of the evidence that is within marks; empty: no logit is positive
 * @param chance share of the points that are within marks, which both measures are of a map that is
 *     the same everywhere
 * @param pointing 1 if the largest logit is within a mark, and 0 if it is not; of several largest
 *     ones the share that is (the pointing game of Zhang et al., Top-down neural attention by
 *     excitation backprop, ECCV 2016, section 4.1, without a margin)
 */
public record Localisation(OptionalDouble within, double chance, double pointing) {

  /**
   * Compares a map with the marks.
   *
   * @param logits of the image's class, at any points
   * @param marked whether each of the points is within a mark
   */
  public static Localisation of(float[] logits, boolean[] marked) {
    if (logits.length != marked.length || logits.length == 0) {
      throw new IllegalArgumentException(
          "%d logits are not at %d points".formatted(logits.length, marked.length));
    }
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double evidence = 0;
    double evidenceWithin = 0;
    int pointsWithin = 0;
    int maxima = 0;
    int maximaWithin = 0;
    for (int i = 0; i < logits.length; i++) {
      double positive = Math.max(0, logits[i]);
      evidence += positive;
      maxima += logits[i] == largest ? 1 : 0;
      if (marked[i]) {
        evidenceWithin += positive;
        pointsWithin++;
        maximaWithin += logits[i] == largest ? 1 : 0;
      }
    }
    return new Localisation(
        evidence > 0 ? OptionalDouble.of(evidenceWithin / evidence) : OptionalDouble.empty(),
        (double) pointsWithin / logits.length,
        // Without numbers there is no largest one.
        maxima > 0 ? (double) maximaWithin / maxima : 0);
  }
}
