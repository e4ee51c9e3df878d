package org.bagnetlab.server.results.study;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.statistics.Interval;
import org.bagnetlab.server.statistics.PairedDifference;
import org.bagnetlab.server.statistics.SeedMean;

/** States a difference in words, with its interval and the numbers of seeds and images. */
public final class DifferenceSentence {

  /**
   * The words for a positive and a negative difference.
   *
   * @param before what is compared with, if the sentence names it
   */
  private record Signs(String positive, String negative, String before) {

    /** For example {@code 12.1 points below}. */
    String points(double share) {
      return "%s points %s%s".formatted(number(share), of(share), before);
    }

    /** For example {@code 12.1 below}. */
    String value(double share) {
      return "%s %s".formatted(number(share), of(share));
    }

    /**
     * Both ends of an interval, each with its own sign if the signs differ; or the only end that it
     * has.
     */
    String range(Interval interval) {
      double low = interval.low();
      double high = interval.high();
      if (Double.isInfinite(low) || Double.isInfinite(high)) {
        return "at least " + value(Double.isInfinite(low) ? high : low);
      }
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

  private static final Signs PLACE = new Signs("above", "below", "");
  private static final Signs COST = new Signs("more", "less", " than");
  private static final Signs MORE = new Signs("more", "less", "");

  private DifferenceSentence() {}

  /** The sentence for a difference with its own interval, not a simultaneous one. */
  static String of(String first, String second, PairedDifference difference, Measure measure) {
    return of(
        first,
        second,
        difference,
        difference.low().flatMap(low -> difference.high().map(high -> new Interval(low, high))),
        measure);
  }

  /**
   * For example: BagNet-33 is 12.1 points below ResNet-50, 95 % 9.5 to 14.7, n = 6 seeds, 1,200
   * images.
   *
   * @param first label of the first network
   * @param second label of the second
   * @param interval interval of the difference; empty if there are too few seeds
   */
  public static String of(
      String first,
      String second,
      PairedDifference difference,
      Optional<Interval> interval,
      Measure measure) {
    String words =
        switch (measure) {
          case TEST -> "%s is %s %s";
          case SCRAMBLED -> "On scrambled images %s is %s %s";
          case SCRAMBLING_LOSS -> "Scrambling costs %s %s %s";
        };
    Signs signs = measure == Measure.SCRAMBLING_LOSS ? COST : PLACE;
    return words.formatted(first, signs.points(difference.difference()), second)
        + (difference.bySeed().size() == 1
            ? interval
                .map(
                    each ->
                        ", 95 %% %s over the %s of one pair of runs, without variation between seeds"
                            .formatted(signs.range(each), images(difference.images())))
                .orElse(", n = 1 seed, " + images(difference.images()))
            : overSeeds(
                difference.bySeed(), interval.map(signs::range), signs::value, difference.images()))
        + ".";
  }

  /**
   * How much more of something one network has than another one, for example: 4.4 points more.
   *
   * @param share the difference of shares
   */
  public static String points(double share) {
    return MORE.points(share);
  }

  /** The end of a sentence about such a difference: its interval, and its seeds and images. */
  public static String overSeeds(PairedDifference difference, Optional<Interval> interval) {
    return difference.bySeed().size() == 1
        ? ", n = 1 seed, %s".formatted(images(difference.images()))
        : overSeeds(
            difference.bySeed(), interval.map(MORE::range), MORE::value, difference.images());
  }

  /**
   * States a number measured over several seeds.
   *
   * @param interval the interval in words; empty if there are too few seeds
   * @param value states the value of one seed in words
   */
  public static String overSeeds(
      List<Double> bySeed, Optional<String> interval, Function<Double, String> value, int images) {
    String seeds = String.join(", ", bySeed.stream().map(value).toList());
    String each = bySeed.size() <= SeedMean.FEWEST_SEEDS ? " (%s)".formatted(seeds) : "";
    return interval
        .map(
            ends ->
                ", 95 %% %s, n = %d seeds%s, %s"
                    .formatted(ends, bySeed.size(), each, images(images)))
        .orElseGet(
            () ->
                ", n = %d seeds (%s), too few for an interval, %s"
                    .formatted(bySeed.size(), seeds, images(images)));
  }

  /** A number of images, for example: 1,200 images. */
  public static String images(int number) {
    return String.format(Locale.ROOT, "%,d images", number);
  }

  private static String number(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * Math.abs(share));
  }
}
