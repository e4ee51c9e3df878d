package org.bagnetlab.server.results;

import java.util.Locale;
import java.util.stream.Collectors;
import org.bagnetlab.server.statistics.PairedDifference;

/** States a difference in words, with everything that it rests on. */
final class DifferenceSentence {

  /** How the two signs of a difference are said. */
  private record Signs(String positive, String negative) {

    /** For example {@code 12.1 points below}. */
    String points(double share) {
      return "%s points %s".formatted(number(share), of(share));
    }

    /** Both ends of an interval, each with its sign if they differ. */
    String range(double low, double high) {
      if (low < 0 && high > 0) {
        return "%s %s to %s %s".formatted(number(low), negative, number(high), positive);
      }
      return low < 0
          ? "%s to %s".formatted(number(high), number(low))
          : "%s to %s".formatted(number(low), number(high));
    }

    private String of(double share) {
      return share < 0 ? negative : positive;
    }
  }

  private static final Signs PLACE = new Signs("above", "below");
  private static final Signs COST = new Signs("more than", "less than");

  private DifferenceSentence() {}

  /**
   * For example: BagNet-33 is 12.1 points below ResNet-50, 95 % 9.5 to 14.7, n = 3 seeds, 1200
   * images.
   *
   * @param first label of the first network
   * @param second label of the second
   */
  static String of(String first, String second, PairedDifference difference, Measure measure) {
    String words =
        switch (measure) {
          case TEST -> "%s is %s %s";
          case SCRAMBLED -> "On scrambled images %s is %s %s";
          case SCRAMBLING_LOSS -> "Scrambling costs %s %s %s";
        };
    Signs signs = measure == Measure.SCRAMBLING_LOSS ? COST : PLACE;
    return words.formatted(first, signs.points(difference.difference()), second)
        + certainty(difference, signs)
        + ".";
  }

  private static String certainty(PairedDifference difference, Signs signs) {
    int images = difference.images();
    int seeds = difference.bySeed().size();
    if (seeds == 2) {
      return ": two seeds, %s, are too few for an interval (%d images)"
          .formatted(
              difference.bySeed().stream().map(signs::points).collect(Collectors.joining(" and ")),
              images);
    }
    String interval = signs.range(difference.low().orElseThrow(), difference.high().orElseThrow());
    return seeds == 1
        ? ", 95 %% %s over the %d images of one pair of runs, without variation between seeds"
            .formatted(interval, images)
        : ", 95 %% %s, n = %d seeds, %d images".formatted(interval, seeds, images);
  }

  private static String number(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * Math.abs(share));
  }
}
