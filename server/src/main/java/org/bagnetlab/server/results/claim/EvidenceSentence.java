package org.bagnetlab.server.results.claim;

import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.server.results.study.DifferenceSentence;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;

/** States in words how the maps of networks with different receptive fields differ. */
final class EvidenceSentence {

  private EvidenceSentence() {}

  /** The sentence for a difference of correlations. */
  static String of(PairedDifference difference, Optional<Interval> interval) {
    return "On the same image, evidence maps of different receptive fields correlate %s %s than expected if they showed the same evidence, given the correlation between seeds%s."
        .formatted(
            number(Math.abs(difference.difference())),
            difference.difference() < 0 ? "more" : "less",
            DifferenceSentence.overSeeds(
                difference.bySeed(),
                interval.map(ends -> "%s to %s".formatted(number(ends.low()), number(ends.high()))),
                EvidenceSentence::number,
                difference.images()));
  }

  /**
   * The sentence for how much more of its evidence a network finds in the upper half of images.
   *
   * @param first label of that network
   * @param second label of the other network
   */
  static String ofHeight(
      String first, String second, PairedDifference difference, Optional<Interval> interval) {
    return "%s has %s of its positive evidence in the upper half of images than %s%s."
        .formatted(
            first,
            DifferenceSentence.points(difference.difference()),
            second,
            DifferenceSentence.overSeeds(difference, interval));
  }

  private static String number(double correlation) {
    return String.format(Locale.ROOT, "%.2f", correlation);
  }
}
